import { getLocale, getTranslations } from 'next-intl/server'
import { LocalMailbox } from '@/app/components/local-mailbox'
import { Outcome } from '@/app/components/outcome'
import { tokenPolicy } from '@/lib/accounts/policy'
import { durationInWords } from '@/lib/i18n/durations'

export default async function SignUpSentPage() {
  const locale = await getLocale()
  const t = await getTranslations('signupSent')
  const duration = await durationInWords(tokenPolicy.verification.lifetimeSeconds)
  return (
    <Outcome title={t('title')}>
      <p>{t('sent')}</p>
      <p>{t('lifetime', { duration })}</p>
      <p>{t('spam')}</p>
      <LocalMailbox />
      <ul className="ways">
        <li>
          <a href={`/${locale}/login`}>{t('logIn')}</a>
        </li>
        <li>
          <a href={`/${locale}/signup`}>{t('again')}</a>
        </li>
      </ul>
    </Outcome>
  )
}
