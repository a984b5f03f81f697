'use client'

import { Form } from '@/app/components/form'
import { Select } from '@/app/components/select'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { changeLanguage } from './action'

type Props = { words: FormWords<'locale'>; languages: Record<string, string>; preset: string }

export function LanguageForm({ words, languages, preset }: Props) {
  return (
    <Form action={changeLanguage} words={words}>
      {(field) => (
        <div className="last-line">
          <Select field={field('locale')} options={languages} preset={preset} languages autoComplete="language" />
          <SubmitButton words={words} quiet />
        </div>
      )}
    </Form>
  )
}
