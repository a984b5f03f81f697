import { getTranslations } from 'next-intl/server'
import { MailSent } from '@/app/components/mail-sent'
import { Way } from '@/app/components/ways'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'

export default async function ForgotPasswordSentPage() {
  const t = await getTranslations('forgotSent')
  const duration = await durationInWords(tokenPolicy.passwordReset.lifetimeSeconds)
  return (
    <MailSent title={t('title')} texts={[t('taken'), t('lifetime', { duration }), t('spam')]} hasReference>
      <Way to="forgot-password">{t('again')}</Way>
      <Way to="login">{t('logIn')}</Way>
    </MailSent>
  )
}
