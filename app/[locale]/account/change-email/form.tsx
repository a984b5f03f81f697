'use client'

import { EmailField } from '@/app/components/email-field'
import { Form } from '@/app/components/form'
import { PasswordField } from '@/app/components/password-field'
import { SubmitButton } from '@/app/components/submit-button'
import { UsernameForManagers } from '@/app/components/username-for-managers'
import type { FormWords } from '@/lib/i18n/form-words'
import { changeEmail } from './action'

type Props = { words: FormWords<'newEmail' | 'currentPassword'>; email: string }

export function ChangeEmailForm({ words, email }: Props) {
  return (
    <Form action={changeEmail} words={words}>
      {(field) => (
        <>
          <UsernameForManagers email={email} />
          <EmailField field={field('newEmail')} words={words} autoComplete="email" />
          <PasswordField
            field={field('currentPassword')}
            words={words}
            autoComplete="current-password"
            enterKeyHint="go"
          />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
