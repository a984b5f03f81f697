import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Details } from '@/app/components/details'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { countryNames } from '@/lib/i18n/countries'
import { regionalTag } from '@/lib/i18n/regional-tag'
import { timeZoneOf } from '@/lib/i18n/time-zone'
import { shownEmail } from '@/lib/shown-email'

export async function AccountDetails({ account }: { account: SessionAccount }) {
  const t = await getTranslations('account')
  const types = await getTranslations('organizationTypes')
  const locale = await getLocale()
  const day = new Intl.DateTimeFormat(regionalTag(locale), { dateStyle: 'long', timeZone: timeZoneOf(account.country) })
  const leftToRight = (text: string) => <bdi dir="ltr">{text}</bdi>
  const details: (readonly [string, ReactNode])[] = [
    [t('email'), leftToRight(shownEmail(account.email))],
    ...(account.username ? [[t('username'), leftToRight(account.username)] as const] : []),
    [t('firstName'), account.firstName],
    [t('lastName'), account.lastName],
    [t('country'), countryNames(locale)[account.country] ?? account.country],
    [t('organizationType'), types(account.organizationType)],
    [t('since'), day.format(account.createdAt)],
  ]
  return <Details details={details} dir="auto" />
}
