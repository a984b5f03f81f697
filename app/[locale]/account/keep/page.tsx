import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Actions } from '@/app/components/actions'
import { ButtonForm } from '@/app/components/button-form'
import { FocusedHeading } from '@/app/components/focused-heading'
import { Notice } from '@/app/components/notice'
import { Way, Ways } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { timeZoneOf } from '@/lib/i18n/time-zone'
import { formWords } from '@/lib/words/form-words'
import { instantWords } from '@/lib/words/instants'
import { AccountFrame } from '../frame'
import { submit } from './action'

export default async function KeepAccountPage() {
  const locale = await getLocale()
  const { closesAt, country } = await requireAccount(locale, 'keep')
  if (!closesAt) redirect(`/${locale}/account`)
  const t = await getTranslations('keepAccount')
  const { at, zone } = await instantWords(timeZoneOf(country))
  return (
    <AccountFrame>
      <FocusedHeading>{t('title')}</FocusedHeading>
      <Notice>{t('text', { when: `${at(closesAt)} (${zone})` })}</Notice>
      <Actions forms>
        <ButtonForm action={submit} words={await formWords({ title: t('title'), submit: t('submit') })} />
      </Actions>
      <Ways>
        <Way to="account/export">{t('download')}</Way>
      </Ways>
    </AccountFrame>
  )
}
