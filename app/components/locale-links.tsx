'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { directionOf } from '@/lib/i18n/direction'
import { isLocale, type Locale, locales } from '@/lib/i18n/locales'

type Props = {
  current: Locale
  label: string
  names: Record<Locale, string>
  /** Drawn before the name of the current language. */
  children: ReactNode
}

/** This page in every language. Plain links: a new document, so that nothing of the other language stays behind. */
export function LocaleLinks({ current, label, names, children }: Props) {
  const path = usePathname()
  const [, first, ...rest] = path.split('/')
  const query = useSearchParams().toString()
  const page = (isLocale(first) ? rest.join('/') : 'login') + (query && `?${query}`)
  return (
    <nav className="languages" aria-label={label}>
      <button className="languages-button" type="button" popoverTarget="languages">
        {children}
        {names[current]}
      </button>
      <ul className="languages-list" id="languages" popover="auto">
        {locales.map((locale) => (
          <li key={locale}>
            <a
              href={`/${locale}/${page}`}
              hrefLang={locale}
              lang={locale}
              dir={directionOf(locale)}
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
