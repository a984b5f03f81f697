'use client'

import { Form } from '@/app/components/form'
import { NewPasswordField } from '@/app/components/new-password-field'
import { PasswordField } from '@/app/components/password-field'
import { SubmitButton } from '@/app/components/submit-button'
import { UsernameForManagers } from '@/app/components/username-for-managers'
import type { FormWords } from '@/lib/i18n/form-words'
import type { RuleWords } from '@/lib/i18n/rule-words'
import { changePassword } from './action'

type Props = { words: FormWords<'currentPassword' | 'newPassword'>; rules: RuleWords; email: string }

export function ChangePasswordForm({ words, rules, email }: Props) {
  return (
    <Form action={changePassword} words={words}>
      {(field) => (
        <>
          <UsernameForManagers email={email} />
          <PasswordField
            field={field('currentPassword')}
            words={words}
            autoComplete="current-password"
            enterKeyHint="next"
          />
          <NewPasswordField field={field('newPassword')} words={words} rules={rules} />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
