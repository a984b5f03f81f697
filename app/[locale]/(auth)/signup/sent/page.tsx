import { getTranslations } from 'next-intl/server'
import { MailSent } from '@/app/components/mail-sent'
import { SendAgain } from '@/app/components/send-again'
import { Way } from '@/app/components/ways'
import { readAsked } from '@/lib/http/asked'
import { readRoom } from '@/lib/http/mail-room'
import { outerSpaceTexts } from '@/lib/http/outer-space'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords, waitInWords } from '@/lib/words/durations'
import { submit } from '../resend/again/action'

type Props = { searchParams: Promise<Record<string, unknown>> }

export default async function SignUpSentPage({ searchParams }: Props) {
  const t = await getTranslations('signupSent')
  const duration = await durationInWords(tokenPolicy.verification.lifetimeSeconds)
  const wait = await readRoom(searchParams)
  const isAskedHere = wait === null && (await readAsked('signup/resend')) !== null
  const texts =
    wait === null
      ? [t('sent'), t('lifetime', { duration }), t('spam')]
      : [t('noMail', { wait: await waitInWords(wait) })]
  return (
    <MailSent
      page="signup"
      title={t('title')}
      texts={[...texts, ...(await outerSpaceTexts('signup'))]}
      hasReference
      again={isAskedHere && <SendAgain page="signup/resend" action={submit} searchParams={searchParams} />}
    >
      <Way to="login">{t('logIn')}</Way>
      {!isAskedHere && <Way to="signup/resend">{t('resend')}</Way>}
      {!isAskedHere && <Way to="signup">{t('again')}</Way>}
    </MailSent>
  )
}
