import { getTranslations } from 'next-intl/server'
import { MailSent } from '@/app/components/mail-sent'
import { Way } from '@/app/components/ways'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'

export default async function NotMeDonePage() {
  const t = await getTranslations('notMeDone')
  const duration = await durationInWords(tokenPolicy.passwordReset.lifetimeSeconds)
  return (
    <MailSent title={t('title')} texts={[t('text'), t('sent'), t('lifetime', { duration }), t('details'), t('spam')]}>
      <Way to="forgot-password">{t('again')}</Way>
    </MailSent>
  )
}
