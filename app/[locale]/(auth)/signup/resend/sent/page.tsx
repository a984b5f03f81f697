import { getTranslations } from 'next-intl/server'
import { MailSent } from '@/app/components/mail-sent'
import { Way } from '@/app/components/ways'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'

export default async function ResendSentPage() {
  const t = await getTranslations('resendSent')
  const duration = await durationInWords(tokenPolicy.verification.lifetimeSeconds)
  return (
    <MailSent
      page="signup/resend"
      title={t('title')}
      texts={[t('taken'), t('lifetime', { duration }), t('spam')]}
      hasReference
    >
      <Way to="login">{t('logIn')}</Way>
      <Way to="signup/resend">{t('again')}</Way>
    </MailSent>
  )
}
