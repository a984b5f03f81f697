import { getTranslations } from 'next-intl/server'
import { MailSent } from '@/app/components/mail-sent'
import { Way } from '@/app/components/ways'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'

export default async function SignUpSentPage() {
  const t = await getTranslations('signupSent')
  const duration = await durationInWords(tokenPolicy.verification.lifetimeSeconds)
  return (
    <MailSent title={t('title')} texts={[t('sent'), t('lifetime', { duration }), t('spam')]} hasReference>
      <Way to="login">{t('logIn')}</Way>
      <Way to="signup/resend">{t('resend')}</Way>
      <Way to="signup">{t('again')}</Way>
    </MailSent>
  )
}
