import { getLocale, getTranslations } from 'next-intl/server'
import { LocalMailbox } from '@/app/components/local-mailbox'
import { Outcome } from '@/app/components/outcome'
import { tokenPolicy } from '@/lib/accounts/policy'
import { durationInWords } from '@/lib/i18n/durations'

export default async function NotMeDonePage() {
  const locale = await getLocale()
  const t = await getTranslations('notMeDone')
  const duration = await durationInWords(tokenPolicy.passwordReset.lifetimeSeconds)
  return (
    <Outcome title={t('title')}>
      <p>{t('text')}</p>
      <p>{t('sent')}</p>
      <p>{t('lifetime', { duration })}</p>
      <p>{t('spam')}</p>
      <LocalMailbox />
      <ul className="ways">
        <li>
          <a href={`/${locale}/forgot-password`}>{t('again')}</a>
        </li>
      </ul>
    </Outcome>
  )
}
