'use client'

import { Form } from '@/app/components/form'
import { IdentityFields } from '@/app/components/identity-fields'
import { NewPasswordField } from '@/app/components/new-password-field'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import type { IdentityField, IdentityOptions } from '@/lib/i18n/identity'
import type { RuleWords } from '@/lib/i18n/rule-words'
import { redeemPasswordReset } from './action'

type Props = { words: FormWords<IdentityField | 'newPassword'>; options: IdentityOptions; rules: RuleWords }

export function ResetPasswordForm({ words, options, rules }: Props) {
  return (
    <Form action={redeemPasswordReset} words={words}>
      {(field) => (
        <>
          <IdentityFields field={field} words={words} options={options} emailIs="username" />
          <NewPasswordField field={field('newPassword')} words={words} rules={rules} />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
