import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { LocaleLinks } from '@/app/components/locale-links'
import { Pane } from '@/app/components/pane'
import { SiteFooter } from '@/app/components/site-footer'
import { Wordmark } from '@/app/components/wordmark'
import type { Locale } from '@/lib/i18n/locales'

type Props = {
  /** Whether a wide screen has the letters beside the page. */
  pane?: boolean
  /** Who is signed in, and the way out. */
  member?: ReactNode
  /** What lists the sections, beside the page. */
  side?: ReactNode
  children: ReactNode
}

/** Head, page and foot. */
export async function Shell({ pane = false, member, side, children }: Props) {
  const locale = (await getLocale()) as Locale
  const t = await getTranslations('site')
  const width = side ? 'max-w-page sm:px-4 lg:px-0' : 'max-w-sheet'
  return (
    <div className={pane ? 'lg:grid lg:grid-cols-[26.25rem_minmax(0,1fr)] lg:bg-card' : undefined}>
      {pane && <Pane />}
      <div className={`mx-auto flex min-h-dvh w-full flex-col sm:pb-6 ${width}`}>
        <a className="absolute start-2 top-2 z-1 bg-card p-3 not-focus:sr-only" href="#content">
          {t('skip')}
        </a>
        <header className="flex flex-wrap items-center justify-between gap-x-2 px-edge pt-3 sm:px-1 sm:pt-8 sm:pb-3">
          <Wordmark href={`/${locale}/login`} name={t('name')} onNight={pane} />
          <div className="flex flex-1 flex-wrap items-center justify-end gap-x-1 print:hidden">
            {member}
            <LocaleLinks
              current={locale}
              label={t('languages')}
              at={pane ? 'pane' : side ? 'page' : 'sheet'}
              brief={Boolean(member)}
            />
          </div>
        </header>
        <div {...(side && { className: 'md:grid md:grid-cols-[11rem_minmax(0,1fr)] md:items-start md:gap-x-8' })}>
          {side}
          <main className={`sheet ${pane ? 'lg:border-0 lg:px-1' : ''}`} id="content" tabIndex={-1}>
            {children}
          </main>
        </div>
        <SiteFooter />
      </div>
    </div>
  )
}
