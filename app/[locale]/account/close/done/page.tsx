import { getLocale, getTranslations } from 'next-intl/server'
import { LocalMailbox } from '@/app/components/local-mailbox'
import { Outcome } from '@/app/components/outcome'
import { closingGraceSeconds } from '@/lib/accounts/policy'
import { durationInWords } from '@/lib/i18n/durations'

export default async function CloseAccountDonePage() {
  const locale = await getLocale()
  const t = await getTranslations('closeDone')
  return (
    <Outcome title={t('title')}>
      <p>{t('text', { duration: await durationInWords(closingGraceSeconds) })}</p>
      <p>{t('mail')}</p>
      <LocalMailbox />
      <p className="actions">
        <a className="button" href={`/${locale}/login`}>
          {t('logIn')}
        </a>
      </p>
    </Outcome>
  )
}
