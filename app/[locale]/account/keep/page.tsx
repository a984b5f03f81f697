import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { FocusedHeading } from '@/app/components/focused-heading'
import { requireSession } from '@/lib/http/current-session'
import { formWords } from '@/lib/i18n/form-words'
import { instantWords } from '@/lib/i18n/instants'
import { timeZoneOf } from '@/lib/mail/time-zone'
import { LogOutForm } from '../log-out/form'
import { KeepAccountForm } from './form'

export default async function KeepAccountPage() {
  const locale = await getLocale()
  const session = await requireSession(locale)
  const { closesAt, country } = session.account
  if (!closesAt) redirect(`/${locale}/account`)
  const t = await getTranslations('keepAccount')
  const { at, zone } = await instantWords(timeZoneOf(country))
  return (
    <>
      <FocusedHeading>{t('title')}</FocusedHeading>
      <p className="notice">{t('text', { when: `${at(closesAt)} (${zone})` })}</p>
      <div className="actions">
        <KeepAccountForm words={await formWords({ title: t('title'), submit: t('submit') })} />
        <LogOutForm words={await formWords({ submit: t('logOut') })} />
      </div>
      <ul className="ways">
        <li>
          <a href={`/${locale}/account/export`} download>
            {t('download')}
          </a>
        </li>
      </ul>
    </>
  )
}
