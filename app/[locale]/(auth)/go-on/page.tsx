import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { WindowTitle } from '@/app/components/window-title'
import { type AppRequest, appOf, appRequestOf } from '@/lib/apps/app-request'
import { hasApps } from '@/lib/apps/apps'
import { currentAccount } from '@/lib/http/current-account'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Between a form of ours and an application: browsers do not let a form lead to another origin, not even by way of ours. */
export default async function GoOnPage({ searchParams }: Props) {
  const to = appRequestOf((await searchParams).to)
  if (!hasApps()) notFound()
  const t = await getTranslations('goOn')
  if (to?.startsWith('oidc/end-session')) return <GoingOn to={to} title={t('signedOut')} way={t('back')} />
  const app = to ? appOf(to) : null
  // An account that is to be closed enters nothing: its page says so, and how to keep it.
  if (!to || !app || (await currentAccount())?.closesAt) redirect(`/${await getLocale()}/account`)
  return <GoingOn to={to} title={t('title')} text={t('text', { app: app.name })} way={t('goOn', { app: app.name })} />
}

function GoingOn({ to, title, text, way }: { to: AppRequest; title: string; text?: string; way: string }) {
  return (
    <>
      <meta httpEquiv="refresh" content={`0;url=/${to}`} />
      <WindowTitle>{title}</WindowTitle>
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      <p>
        <a href={`/${to}`}>{way}</a>
      </p>
    </>
  )
}
