'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { verifyEmail } from './action'

export function VerifyEmailForm({ words }: { words: FormWords<never> }) {
  return (
    <Form action={verifyEmail} words={words}>
      {() => <SubmitButton words={words} />}
    </Form>
  )
}
