'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { useForgottenInTime } from '@/app/components/kept-fields'
import { directionOf } from '@/lib/i18n/direction'
import { isLocale, type Locale, locales } from '@/lib/i18n/locales'

type Props = {
  current: Locale
  label: string
  names: Record<Locale, string>
  /** Whether a telephone shows the drawing alone. */
  brief?: boolean
  /** Drawn before the name of the current language. */
  children: ReactNode
}

/** This page in every language. Plain links: a new document, so that nothing of the other language stays behind. */
export function LocaleLinks({ current, label, names, brief = false, children }: Props) {
  const path = usePathname()
  useForgottenInTime()
  const [, first, ...rest] = path.split('/')
  const query = useSearchParams().toString()
  const page = (isLocale(first) ? rest.join('/') : 'login') + (query && `?${query}`)
  return (
    <nav className="print:hidden" aria-label={label}>
      <button
        className="-me-3 inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2 rounded-lg px-3 text-sm underline-offset-4 not-supports-[selector(:popover-open)]:hidden hover:underline"
        type="button"
        popoverTarget="languages"
      >
        {children}
        <span className={brief ? 'max-sm:sr-only' : ''}>{names[current]}</span>
      </button>
      <ul
        className="supports-[selector(:popover-open)]:absolute supports-[selector(:popover-open)]:inset-[3.75rem_auto_auto] supports-[selector(:popover-open)]:end-edge supports-[selector(:popover-open)]:max-h-[max(11rem,100dvh-4.5rem)] supports-[selector(:popover-open)]:min-w-44 supports-[selector(:popover-open)]:overflow-auto rounded-lg border border-line bg-card py-2 text-ink"
        id="languages"
        popover="auto"
      >
        {locales.map((locale) => (
          <li key={locale}>
            <a
              className="flex min-h-11 items-center border-s-4 border-transparent px-3 font-normal no-underline hover:underline aria-current:border-sun aria-current:font-semibold"
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
