'use client'

import { CurrentPasswordField } from '@/app/components/current-password-field'
import { EmailField } from '@/app/components/email-field'
import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import { UsernameForManagers } from '@/app/components/username-for-managers'
import type { FormWords } from '@/lib/words/form-words'
import { submit } from './action'

type Props = { words: FormWords<'newEmail' | 'currentPassword'>; email: string }

export function ChangeEmailForm({ words, email }: Props) {
  return (
    <Form action={submit} words={words}>
      {(field) => (
        <>
          <UsernameForManagers email={email} />
          <EmailField field={field('newEmail')} words={words} autoComplete="email" />
          <CurrentPasswordField field={field('currentPassword')} words={words} />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
