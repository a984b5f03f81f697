import { getTranslations } from 'next-intl/server'
import { MailSent } from '@/app/components/mail-sent'
import { SendAgain } from '@/app/components/send-again'
import { Way } from '@/app/components/ways'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { submit } from '../again/action'

type Props = { searchParams: Promise<Record<string, unknown>> }

export default async function ResendSentPage({ searchParams }: Props) {
  const t = await getTranslations('resendSent')
  const duration = await durationInWords(tokenPolicy.verification.lifetimeSeconds)
  return (
    <MailSent
      page="signup/resend"
      title={t('title')}
      texts={[t('taken'), t('lifetime', { duration }), t('spam')]}
      hasReference
      again={<SendAgain page="signup/resend" action={submit} searchParams={searchParams} />}
    >
      <Way to="login">{t('logIn')}</Way>
      <Way to="signup/resend">{t('again')}</Way>
    </MailSent>
  )
}
