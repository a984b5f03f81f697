'use client'

import { usePathname } from 'next/navigation'
import { CrashNotice } from '@/app/components/crash-notice'
import { Wordmark } from '@/app/components/wordmark'
import { directionOf } from '@/lib/i18n/direction'
import { defaultLocale, isLocale } from '@/lib/i18n/locales'
import './globals.css'

export default function SiteError({ error }: { error: Error & { digest?: string } }) {
  const first = usePathname().split('/')[1]
  const locale = isLocale(first) ? first : defaultLocale
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <body className="site">
        <header className="site-header">
          <Wordmark href={`/${locale}/login`} name="Metamots" />
        </header>
        <main className="sheet">
          <CrashNotice reference={error.digest} />
        </main>
      </body>
    </html>
  )
}
