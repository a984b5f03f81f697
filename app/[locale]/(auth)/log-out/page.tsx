import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Actions } from '@/app/components/actions'
import { ButtonForm } from '@/app/components/button-form'
import { FocusedHeading } from '@/app/components/focused-heading'
import { Notice } from '@/app/components/notice'
import { Way, Ways } from '@/app/components/ways'
import { appRequestOf, queryOf } from '@/lib/apps/app-request'
import { hasApps } from '@/lib/apps/apps'
import { readLogOutRequest } from '@/lib/apps/log-out-request'
import { env } from '@/lib/env'
import { currentAccount } from '@/lib/http/current-account'
import { formWords } from '@/lib/words/form-words'
import { submit } from './action'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Where somebody comes whom an application wants signed out, without proof that it is of this session. */
export default async function LogOutPage({ searchParams }: Props) {
  if (!hasApps() && env().returnTo.length === 0) notFound()
  const locale = await getLocale()
  const next = appRequestOf((await searchParams).next)
  const { app, to } = await readLogOutRequest(next ? queryOf(next) : new URLSearchParams())
  if (!(await currentAccount())) redirect(to ?? `/${locale}/login?signed-out=here`)
  const t = await getTranslations('logOut')
  const words = await formWords({ title: t('title'), submit: t('submit') })
  return (
    <>
      <FocusedHeading>{t('title')}</FocusedHeading>
      <Notice>{app ? t('text', { app: app.name }) : t('textOfSome')}</Notice>
      <Actions forms>
        <ButtonForm action={submit} words={words} openedWith={next ? { next } : {}} />
      </Actions>
      <Ways>
        <Way to="account">{t('stay')}</Way>
      </Ways>
    </>
  )
}
