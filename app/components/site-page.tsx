import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LocaleLinks } from '@/app/components/locale-links'
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
          <LocaleLinks current={locale} label={t('languages')} names={languageNames} />
        </header>
        <main className="sheet" id="content">
          {children}
        </main>
      </body>
    </html>
  )
}
