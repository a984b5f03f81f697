import type { FieldProps } from '@/app/components/field'
import { Select } from '@/app/components/select'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/words/form-words'

export type LanguageChoice = { languages: Record<string, string>; preset: string }

type Props = LanguageChoice & { field: FieldProps; words: FormWords<'locale'>; quiet?: boolean }

/** The choice of a language, with the button of its form on the same line. */
export function LanguageLine({ field, words, languages, preset, quiet = false }: Props) {
  return (
    <div className="language-line">
      <Select field={field} options={languages} preset={preset} languages autoComplete="language" />
      <SubmitButton words={words} {...(quiet && { look: 'quiet' })} />
    </div>
  )
}
