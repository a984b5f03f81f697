'use client'

import { Form } from '@/app/components/form'
import { IdentityFields } from '@/app/components/identity-fields'
import { NewPasswordField } from '@/app/components/new-password-field'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import type { IdentityField, IdentityOptions } from '@/lib/i18n/identity'
import type { RuleWords } from '@/lib/i18n/rule-words'
import { signUp } from './action'

type Props = { words: FormWords<IdentityField | 'password'>; options: IdentityOptions; rules: RuleWords }

export function SignUpForm({ words, options, rules }: Props) {
  return (
    <Form action={signUp} words={words}>
      {(field) => (
        <>
          <IdentityFields field={field} words={words} options={options} emailIs="username" />
          <NewPasswordField field={field('password')} words={words} rules={rules} />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
