import { getTranslations } from 'next-intl/server'
import { MailSent } from '@/app/components/mail-sent'
import { Progress } from '@/app/components/progress'
import { SendAgain } from '@/app/components/send-again'
import { Way } from '@/app/components/ways'
import { readRoom } from '@/lib/http/mail-room'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords, waitInWords } from '@/lib/words/durations'
import { submit } from '../again/action'

type Props = { searchParams: Promise<Record<string, unknown>> }

export default async function ForgotPasswordSentPage({ searchParams }: Props) {
  const t = await getTranslations('forgotSent')
  const duration = await durationInWords(tokenPolicy.passwordReset.lifetimeSeconds)
  const wait = await readRoom(searchParams)
  const lifetime = t('lifetime', { duration })
  const texts =
    wait === null ? [t('taken'), lifetime, t('spam')] : [t('noMail', { wait: await waitInWords(wait) }), lifetime]
  return (
    <MailSent
      page="forgot-password"
      title={t('title')}
      texts={texts}
      hasReference
      above={<Progress step={2} />}
      again={wait === null && <SendAgain page="forgot-password" action={submit} searchParams={searchParams} />}
    >
      <Way to="forgot-password">{t('again')}</Way>
      <Way to="login">{t('logIn')}</Way>
    </MailSent>
  )
}
