'use client'

import { usePathname } from 'next/navigation'
import { type Locale, locales } from '@/lib/i18n/locales'

type Props = { current: Locale; label: string; names: Record<Locale, string> }

/** This page in every language. Plain links: a new document, so that nothing of the other language stays behind. */
export function LocaleLinks({ current, label, names }: Props) {
  const path = usePathname().replace(/^\/[^/]*/, '')
  return (
    <nav aria-label={label}>
      <ul className="locale-links">
        {locales.map((locale) => (
          <li key={locale}>
            <a
              href={`/${locale}${path}`}
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
