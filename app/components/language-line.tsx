import type { FieldProps } from '@/app/components/field'
import { Select } from '@/app/components/select'
import { SubmitButton } from '@/app/components/submit-button'
import { directionOf } from '@/lib/i18n/direction'
import type { Locale } from '@/lib/i18n/locales'
import type { FormWords } from '@/lib/words/form-words'

export type LanguageChoice = { languages: Record<string, string>; preset: string }

type Props = LanguageChoice & { field: FieldProps; words: FormWords<'locale'>; quiet?: boolean }

/** The choice of a language, with the button of its form on the same line. */
export function LanguageLine({ field, words, languages, preset, quiet = false }: Props) {
  return (
    <div className="language-line">
      <Select field={field} options={languages} preset={preset} attributes={inItself} autoComplete="language" />
      <SubmitButton words={words} {...(quiet && { look: 'quiet' })} />
    </div>
  )
}

/** The name of a language is in that language. */
function inItself(locale: string) {
  return { lang: locale, dir: directionOf(locale as Locale) }
}
