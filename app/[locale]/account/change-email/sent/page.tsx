import { getLocale, getTranslations } from 'next-intl/server'
import { LocalMailbox } from '@/app/components/local-mailbox'
import { Outcome } from '@/app/components/outcome'
import { tokenPolicy } from '@/lib/accounts/policy'
import { requireSession } from '@/lib/http/current-session'
import { durationInWords } from '@/lib/i18n/durations'

export default async function ChangeEmailSentPage() {
  const locale = await getLocale()
  await requireSession(locale)
  const t = await getTranslations('changeEmailSent')
  const duration = await durationInWords(tokenPolicy.addressChange.lifetimeSeconds)
  return (
    <Outcome title={t('title')}>
      <p>{t('sent')}</p>
      <p>{t('lifetime', { duration })}</p>
      <p>{t('spam')}</p>
      <LocalMailbox />
      <ul className="ways">
        <li>
          <a href={`/${locale}/account/change-email`}>{t('again')}</a>
        </li>
        <li>
          <a href={`/${locale}/account`}>{t('back')}</a>
        </li>
      </ul>
    </Outcome>
  )
}
