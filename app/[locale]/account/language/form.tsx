'use client'

import { Form } from '@/app/components/form'
import { type LanguageChoice, LanguageLine } from '@/app/components/language-line'
import type { FormWords } from '@/lib/words/form-words'
import { submit } from './action'

export function LanguageForm({ words, ...language }: LanguageChoice & { words: FormWords<'locale'> }) {
  return (
    <Form action={submit} words={words}>
      {(field) => <LanguageLine field={field('locale')} words={words} {...language} quiet />}
    </Form>
  )
}
