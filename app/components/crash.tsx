import { directionOf } from '@/lib/i18n/direction'
import { defaultLocale, isLocale, type Locale } from '@/lib/i18n/locales'
import words from '@/messages/crash.json'

/** The address of the document itself, with its query. */
const here = ''

/** What stands in the place of a page that failed, in the language of its path. It brings its own words, for nothing else can. */
export function Crash({ path, reference }: { path: string; reference: string | undefined }) {
  const locale = crashLocale(path)
  const { title, reference: term, reload } = words[locale]
  return (
    <main className="sheet" lang={locale} dir={directionOf(locale)}>
      <div role="alert">
        <h1>{title}</h1>
      </div>
      {reference && (
        <p>
          {term} <code className="reference">{reference}</code>
        </p>
      )}
      <p className="actions">
        <a className="button button-primary" href={here}>
          {reload}
        </a>
      </p>
    </main>
  )
}

export function crashLocale(path: string): Locale {
  const first = path.split('/')[1]
  return isLocale(first) ? first : defaultLocale
}

export function crashTitle(path: string): string {
  return words[crashLocale(path)].title
}
