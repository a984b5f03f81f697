'use client'

import type { ReactNode } from 'react'
import { CurrentPasswordField } from '@/app/components/current-password-field'
import { Form } from '@/app/components/form'
import { type LanguageChoice, LanguageLine } from '@/app/components/language-line'
import { TextField } from '@/app/components/text-field'
import type { OpenedWith } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'
import { submit } from './action'

type Props = LanguageChoice & {
  words: FormWords<'identifier' | 'password' | 'locale'>
  openedWith: OpenedWith
  /** What is in the first field to begin with. */
  identifier: string | null
  /** The way out for who has forgotten the password. */
  forgotten: ReactNode
}

export function LogInForm({ words, openedWith, identifier, forgotten, ...language }: Props) {
  return (
    // A form that was open before a deploy hides nothing, and is not asked for cookies.
    <Form action={submit} words={words} openedWith={openedWith} hidden={{ cookies: '' }}>
      {(field) => (
        <>
          <TextField
            field={{ ...field('identifier'), value: field('identifier').value ?? identifier ?? undefined }}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            enterKeyHint="next"
          />
          <CurrentPasswordField field={field('password')} words={words} />
          {forgotten}
          <LanguageLine field={field('locale')} words={words} {...language} />
        </>
      )}
    </Form>
  )
}
