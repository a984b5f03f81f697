import { getLocale, getTranslations } from 'next-intl/server'
import { Details } from '@/app/components/details'
import { Section } from '@/app/components/section'
import { Stack } from '@/app/components/stack'
import { LoneWay } from '@/app/components/ways'
import type { SessionAccount } from '@/lib/accounts/sessions'
import { countryNames } from '@/lib/i18n/countries'
import { regionalTag } from '@/lib/i18n/regional-tag'
import { timeZoneOf } from '@/lib/i18n/time-zone'

/** The four details that are asked for with the e-mail when a password is lost, and since when the account is one. */
export async function Profile({ account }: { account: SessionAccount }) {
  const t = await getTranslations('account')
  const types = await getTranslations('organizationTypes')
  const changeDetails = await getTranslations('changeDetails')
  const rehearsal = await getTranslations('rehearsal')
  const locale = await getLocale()
  const day = new Intl.DateTimeFormat(regionalTag(locale), { dateStyle: 'long', timeZone: timeZoneOf(account.country) })
  return (
    <Section id="profile" title={t('identity')}>
      <Details
        details={[
          [t('firstName'), <bdi key="firstName">{account.firstName}</bdi>],
          [t('lastName'), <bdi key="lastName">{account.lastName}</bdi>],
          [t('country'), countryNames(locale)[account.country] ?? account.country],
          [t('organizationType'), types(account.organizationType)],
          [t('since'), day.format(account.createdAt)],
        ]}
      />
      <Stack>
        <LoneWay to="account/details">{changeDetails('title')}</LoneWay>
        <LoneWay to="account/rehearsal">{rehearsal('title')}</LoneWay>
      </Stack>
    </Section>
  )
}
