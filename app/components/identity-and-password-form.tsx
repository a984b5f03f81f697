'use client'

import { Form, type FormAction } from '@/app/components/form'
import { IdentityFields } from '@/app/components/identity-fields'
import { NewPasswordField } from '@/app/components/new-password-field'
import { SubmitButton } from '@/app/components/submit-button'
import type { OpenedWith } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'
import type { IdentityField, IdentityOptions } from '@/lib/words/identity-words'
import type { RuleWords } from '@/lib/words/rule-words'

type Props<Password extends string> = {
  action: FormAction
  words: FormWords<IdentityField | Password>
  openedWith?: OpenedWith
  options: IdentityOptions
  rules: RuleWords
  /** The name of the field of the new password. */
  password: Password
}

/** A form that asks who somebody is and for a new password. */
export function IdentityAndPasswordForm<Password extends string>(props: Props<Password>) {
  const { options, rules, password, ...form } = props
  return (
    <Form {...form}>
      {(field) => (
        <>
          <IdentityFields field={field} words={form.words} options={options} emailIs="username" />
          <NewPasswordField field={field(password)} words={form.words} rules={rules} />
          <SubmitButton words={form.words} />
        </>
      )}
    </Form>
  )
}
