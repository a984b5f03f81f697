import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { SitePage } from '@/app/components/site-page'
import { isLocale } from '@/lib/i18n/locales'

export default async function LocaleLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ locale: string }>
}) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  return <SitePage locale={locale}>{children}</SitePage>
}
