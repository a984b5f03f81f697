'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { redeemNotMe } from './action'

export function NotMeForm({ words }: { words: FormWords<never> }) {
  return (
    <Form action={redeemNotMe} words={words}>
      {() => <SubmitButton words={words} />}
    </Form>
  )
}
