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
  /** What the list is on a line with: the end of a sheet, of a page, or of a sheet beside the pane. */
  at: keyof typeof ends
  /** Drawn before the name of the current language. */
  children: ReactNode
}

/** This page in every language. Plain links: a new document, so that nothing of the other language stays behind. */
export function LocaleLinks({ current, label, names, brief = false, at, children }: Props) {
  const path = usePathname()
  useForgottenInTime()
  const [, first, ...rest] = path.split('/')
  const query = useSearchParams().toString()
  const page = (isLocale(first) ? rest.join('/') : 'login') + (query && `?${query}`)
  return (
    <nav className="print:hidden" aria-label={label}>
      <button
        className="-me-2 inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2 rounded-lg px-2 text-sm underline-offset-4 not-supports-[selector(:popover-open)]:hidden hover:underline"
        type="button"
        popoverTarget="languages"
      >
        {children}
        <span className={brief ? 'max-sm:sr-only' : ''}>{names[current]}</span>
      </button>
      <ul className={`${listLook} ${ends[at]}`} id="languages" popover="auto">
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

const listLook =
  'inset-auto top-15 max-h-[max(11rem,100dvh-4.5rem)] min-w-44 overflow-auto rounded-lg border border-line bg-card py-2 text-ink supports-[selector(:popover-open)]:absolute sm:top-20'

const ends = {
  sheet: 'end-[max(1.25rem,50vw-17.75rem)]',
  page: 'end-[max(1.25rem,50vw-30.75rem)]',
  pane: 'end-[max(1.25rem,50vw-17.75rem)] lg:end-[max(1.25rem,50vw-30.875rem)]',
} as const
