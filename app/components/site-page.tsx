import type { ReactNode } from 'react'
import { directionOf } from '@/lib/i18n/direction'
import type { Locale } from '@/lib/i18n/locales'

/** The document around a page of ours. */
export function SitePage({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <body>{children}</body>
    </html>
  )
}
