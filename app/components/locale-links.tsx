'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { directionOf } from '@/lib/i18n/direction'
import type { Locale } from '@/lib/i18n/locales'

type Props = {
  current: Locale
  label: string
  names: Record<Locale, string>
  /** How its parts look: said by the page, so that no script weighs more for it. */
  looks: Record<'name' | 'list', string>
  /** Drawn before the name of the current language. */
  children: ReactNode
}

/** This page in every language. Plain links: a new document, so that nothing of the other language stays behind. */
export function LocaleLinks({ current, label, names, looks, children }: Props) {
  const path = usePathname()
  const [, first, ...rest] = path.split('/')
  const query = useSearchParams().toString()
  const page = (first && first in names ? rest.join('/') : 'login') + (query && `?${query}`)
  return (
    <nav className="languages" aria-label={label}>
      <button type="button" popoverTarget="languages">
        {children}
        <span className={looks.name}>{names[current]}</span>
      </button>
      <ul className={looks.list} id="languages" popover="auto">
        {(Object.keys(names) as Locale[]).map((locale) => (
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
