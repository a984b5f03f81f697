'use client'

import { CurrentPasswordField } from '@/app/components/current-password-field'
import { Form } from '@/app/components/form'
import { NewPasswordField } from '@/app/components/new-password-field'
import { SubmitButton } from '@/app/components/submit-button'
import { UsernameForManagers } from '@/app/components/username-for-managers'
import type { FormWords } from '@/lib/words/form-words'
import type { RuleWords } from '@/lib/words/rule-words'
import { submit } from './action'

type Props = { words: FormWords<'currentPassword' | 'newPassword'>; rules: RuleWords; email: string }

export function ChangePasswordForm({ words, rules, email }: Props) {
  return (
    <Form action={submit} words={words}>
      {(field) => (
        <>
          <UsernameForManagers email={email} />
          <CurrentPasswordField field={field('currentPassword')} words={words} enterKeyHint="next" />
          <NewPasswordField field={field('newPassword')} words={words} rules={rules} />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
