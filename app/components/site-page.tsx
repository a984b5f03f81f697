import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LocaleLinks } from '@/app/components/locale-links'
import { SiteFooter } from '@/app/components/site-footer'
import { Wordmark } from '@/app/components/wordmark'
import { directionOf } from '@/lib/i18n/direction'
import { languageNames } from '@/lib/i18n/language-names'
import type { Locale } from '@/lib/i18n/locales'

export async function SitePage({ locale, children }: { locale: Locale; children: ReactNode }) {
  const t = await getTranslations({ locale, namespace: 'site' })
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <body className="site">
        <a className="skip-link" href="#content">
          {t('skip')}
        </a>
        <header className="site-header">
          <Wordmark href={`/${locale}/login`} name={t('name')} />
          <LocaleLinks current={locale} label={t('languages')} names={languageNames}>
            <svg viewBox="0 0 20 20" fill="none" aria-hidden="true">
              <path d="M10 1.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 1 0 0-17c-5 5-5 12 0 17c5-5 5-12 0-17M2 7h16M2 13h16" />
            </svg>
          </LocaleLinks>
        </header>
        <main className="sheet" id="content" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  )
}
