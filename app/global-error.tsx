'use client'

import { usePathname } from 'next/navigation'
import { directionOf } from '@/lib/i18n/direction'
import { defaultLocale, isLocale } from '@/lib/i18n/locales'
import words from '@/messages/crash.json'
import './globals.css'

/** For a page that failed. It brings its own words, the only ones in the browser, because no page is left to bring them. */
export default function SiteError({ error: { digest } }: { error: Error & { digest?: string } }) {
  const path = usePathname()
  const first = path.split('/')[1]
  const locale = isLocale(first) ? first : defaultLocale
  const { title, reference, reload } = words[locale]
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <body className="site">
        <header className="site-header">
          <a className="wordmark" href={`/${locale}/login`} translate="no">
            Metamots
          </a>
        </header>
        <main className="sheet">
          <title>{title}</title>
          <div role="alert">
            <h1>{title}</h1>
          </div>
          {digest && (
            <p>
              {reference} <code className="reference">{digest}</code>
            </p>
          )}
          <p className="actions">
            <a className="button button-primary" href={path}>
              {reload}
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}
