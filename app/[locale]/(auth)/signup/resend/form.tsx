'use client'

import { EmailField } from '@/app/components/email-field'
import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/words/form-words'
import { submit } from './action'

export function ResendForm({ words }: { words: FormWords<'email'> }) {
  return (
    <Form action={submit} words={words}>
      {(field) => (
        <>
          <EmailField field={field('email')} words={words} autoComplete="email" />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
