import { LocaleLink } from '@/app/components/locale-link'
import { directionOf } from '@/lib/i18n/direction'
import { languageNames } from '@/lib/i18n/language-names'
import { type Locale, locales } from '@/lib/i18n/locales'

/** What the list of languages is on a line with: the end of a sheet, of a page, or of a sheet beside the pane. */
const ends = {
  sheet: 'end-[max(1.25rem,50vw-17.75rem)]',
  page: 'end-[max(1.25rem,50vw-30.75rem)]',
  pane: 'end-[max(1.25rem,50vw-17.75rem)] lg:end-[max(1.25rem,50vw-30.875rem)]',
} as const

type Props = {
  current: Locale
  label: string
  at: keyof typeof ends
  /** Whether a telephone has no room for the name of the current one. */
  brief: boolean
}

/** This page in every language. */
export function LocaleLinks({ current, label, at, brief }: Props) {
  return (
    <nav className="languages" aria-label={label}>
      <button type="button" popoverTarget="languages">
        <svg className="w-4.5 stroke-current stroke-[1.5]" viewBox="0 0 20 20" fill="none" aria-hidden="true">
          <path d="M10 1.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17c-5 5-5 12 0 17c5-5 5-12 0-17M2 7h16M2 13h16" />
        </svg>
        <span {...(brief && { className: 'max-sm:sr-only' })}>{languageNames[current]}</span>
      </button>
      <ul className={ends[at]} id="languages" popover="auto">
        {locales.map((locale) => (
          <li key={locale}>
            <LocaleLink lang={locale} dir={directionOf(locale)} {...(locale === current && { 'aria-current': true })}>
              {languageNames[locale]}
            </LocaleLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
