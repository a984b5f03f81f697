import type { ReactNode } from 'react'
import { directionOf } from '@/lib/i18n/direction'
import type { Locale } from '@/lib/i18n/locales'

/** The document around a page of ours. */
export function SitePage({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <body className={bodyLook}>{children}</body>
    </html>
  )
}

export const bodyLook =
  'bg-card font-sans text-base wrap-break-word text-ink sm:bg-paper print:bg-card print:text-[10pt] [:root[lang=de]_&]:hyphens-auto'
