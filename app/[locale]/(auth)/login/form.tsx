'use client'

import { Form } from '@/app/components/form'
import { PasswordField } from '@/app/components/password-field'
import { Select } from '@/app/components/select'
import { SubmitButton } from '@/app/components/submit-button'
import { TextField } from '@/app/components/text-field'
import type { FormWords } from '@/lib/i18n/form-words'
import { logIn } from './action'

type Props = {
  words: FormWords<'identifier' | 'password' | 'locale'>
  languages: Record<string, string>
  preset: string
}

export function LogInForm({ words, languages, preset }: Props) {
  return (
    <Form action={logIn} words={words}>
      {(field) => (
        <>
          <TextField
            field={field('identifier')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            enterKeyHint="next"
          />
          <PasswordField field={field('password')} words={words} autoComplete="current-password" enterKeyHint="go" />
          <div className="last-line">
            <Select field={field('locale')} options={languages} preset={preset} languages autoComplete="language" />
            <SubmitButton words={words} />
          </div>
        </>
      )}
    </Form>
  )
}
