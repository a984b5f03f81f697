import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { appOf, appRequestOf } from '@/lib/apps/asked'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Between a form of ours and an application: browsers do not let a form lead to another origin, not even by way of ours. */
export default async function GoOnPage({ searchParams }: Props) {
  const to = appRequestOf((await searchParams).to)
  const app = to && appOf(to)
  if (!app) notFound()
  const t = await getTranslations('goOn')
  return (
    <>
      <meta httpEquiv="refresh" content={`0;url=/${to}`} />
      <h1>{t('title')}</h1>
      <p>{t('text', { app: app.name })}</p>
      <p>
        <a href={`/${to}`}>{t('goOn', { app: app.name })}</a>
      </p>
    </>
  )
}
