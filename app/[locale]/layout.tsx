import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { SitePage } from '@/app/components/site-page'
import { isLocale } from '@/lib/i18n/locales'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('site')
  return { description: t('description') }
}

export default async function LocaleLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ locale: string }>
}) {
  const { locale } = await params
  // What begins like a page and is none, `/api/login` for instance, is nowhere.
  if (!isLocale(locale)) redirect(`/${await getLocale()}/${locale}`)
  return <SitePage locale={locale}>{children}</SitePage>
}
