'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { redeemNewEmail } from './action'

export function NewEmailForm({ words }: { words: FormWords<never> }) {
  return (
    <Form action={redeemNewEmail} words={words}>
      {() => <SubmitButton words={words} />}
    </Form>
  )
}
