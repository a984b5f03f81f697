import { getLocale, getTranslations } from 'next-intl/server'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { countryNames } from '@/lib/i18n/countries'
import { regionalTag } from '@/lib/i18n/regional-tag'
import { timeZoneOf } from '@/lib/mail/time-zone'

export async function AccountDetails({ account }: { account: SessionAccount }) {
  const t = await getTranslations('account')
  const types = await getTranslations('organizationTypes')
  const locale = await getLocale()
  const day = new Intl.DateTimeFormat(regionalTag(locale), { dateStyle: 'long', timeZone: timeZoneOf(account.country) })
  const details = [
    [t('email'), account.email],
    ...(account.username ? [[t('username'), account.username]] : []),
    [t('firstName'), account.firstName],
    [t('lastName'), account.lastName],
    [t('country'), countryNames(locale)[account.country] ?? account.country],
    [t('organizationType'), types(account.organizationType)],
    [t('since'), day.format(account.createdAt)],
  ]
  return (
    <dl className="details">
      {details.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
