'use client'

import { CurrentPasswordField } from '@/app/components/current-password-field'
import { Form, type FormAction } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import { UsernameForManagers } from '@/app/components/username-for-managers'
import type { FormWords } from '@/lib/words/form-words'

type Props<Password extends string> = {
  action: FormAction
  words: FormWords<Password>
  /** The name of the field. */
  password: Password
  /** The e-mail under which managers keep it. */
  email: string
}

/** A form that asks for a password that exists already, and for nothing else. */
export function PasswordForm<Password extends string>({ action, words, password, email }: Props<Password>) {
  return (
    <Form action={action} words={words}>
      {(field) => (
        <>
          <UsernameForManagers email={email} />
          <CurrentPasswordField field={field(password)} words={words} />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
