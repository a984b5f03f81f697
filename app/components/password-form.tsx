'use client'

import type { ButtonLook } from '@/app/components/button-look'
import { CurrentPasswordField } from '@/app/components/current-password-field'
import { Form, type FormAction } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import { UsernameForManagers } from '@/app/components/username-for-managers'
import type { OpenedWith } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'

type Props<Password extends string> = {
  action: FormAction
  words: FormWords<Password>
  openedWith?: OpenedWith
  /** The name of the field. */
  password: Password
  /** The e-mail under which managers keep it. */
  email: string
  look?: ButtonLook
}

/** A form that asks for a password that exists already, and for nothing else. */
export function PasswordForm<Password extends string>({ password, email, look, ...form }: Props<Password>) {
  return (
    <Form {...form}>
      {(field) => (
        <>
          <UsernameForManagers email={email} />
          <CurrentPasswordField field={field(password)} words={form.words} />
          <SubmitButton words={form.words} {...(look && { look })} />
        </>
      )}
    </Form>
  )
}
