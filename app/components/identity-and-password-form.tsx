'use client'

import { Form, type FormAction } from '@/app/components/form'
import { IdentityFields } from '@/app/components/identity-fields'
import { NewPasswordField } from '@/app/components/new-password-field'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/words/form-words'
import type { IdentityField, IdentityOptions } from '@/lib/words/identity-words'
import type { RuleWords } from '@/lib/words/rule-words'

type Props<Password extends string> = {
  action: FormAction
  words: FormWords<IdentityField | Password>
  options: IdentityOptions
  rules: RuleWords
  /** The name of the field of the new password. */
  password: Password
}

/** A form that asks who somebody is and for a new password. */
export function IdentityAndPasswordForm<Password extends string>(props: Props<Password>) {
  const { action, words, options, rules, password } = props
  return (
    <Form action={action} words={words}>
      {(field) => (
        <>
          <IdentityFields field={field} words={words} options={options} emailIs="username" />
          <NewPasswordField field={field(password)} words={words} rules={rules} />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
