'use client'

import { usePathname } from 'next/navigation'
import { Crash, crashLocale, crashTitle } from '@/app/components/crash'
import { directionOf } from '@/lib/i18n/direction'
import './globals.css'

/** For a page that failed: what was typed into its form comes back when it is loaded again. */
export default function SiteError({ error: { digest } }: { error: Error & { digest?: string } }) {
  const path = usePathname()
  const locale = crashLocale(path)
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <body className="site">
        <title>{crashTitle(path)}</title>
        <header className="site-header">
          <a className="wordmark" href={`/${locale}/login`} translate="no">
            Metamots
          </a>
        </header>
        <Crash path={path} reference={digest} />
      </body>
    </html>
  )
}
