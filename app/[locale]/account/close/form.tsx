'use client'

import { Form } from '@/app/components/form'
import { PasswordField } from '@/app/components/password-field'
import { SubmitButton } from '@/app/components/submit-button'
import { UsernameForManagers } from '@/app/components/username-for-managers'
import type { FormWords } from '@/lib/i18n/form-words'
import { closeAccount } from './action'

export function CloseAccountForm({ words, email }: { words: FormWords<'currentPassword'>; email: string }) {
  return (
    <Form action={closeAccount} words={words}>
      {(field) => (
        <>
          <UsernameForManagers email={email} />
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
