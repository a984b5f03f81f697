'use client'

import { usePathname } from 'next/navigation'
import { isLocale, type Locale, locales } from '@/lib/i18n/locales'

type Props = { current: Locale; label: string; names: Record<Locale, string> }

/** This page in every language. Plain links: a new document, so that nothing of the other language stays behind. */
export function LocaleLinks({ current, label, names }: Props) {
  const [, first, ...rest] = usePathname().split('/')
  const page = isLocale(first) ? rest.join('/') : 'login'
  return (
    <nav aria-label={label}>
      <ul className="locale-links">
        {locales.map((locale) => (
          <li key={locale}>
            <a
              href={`/${locale}/${page}`}
              hrefLang={locale}
              lang={locale}
              aria-current={locale === current ? 'true' : undefined}
            >
              {names[locale]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
