import { getTranslations } from 'next-intl/server'
import { ButtonForm } from '@/app/components/button-form'
import { FormPage } from '@/app/components/form-page'
import { PasswordForm } from '@/app/components/password-form'
import type { peekNotMe } from '@/lib/accounts/dispute'
import { disputeSeconds } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { formWords } from '@/lib/words/form-words'
import { submit } from './action'
import { NotMeLinkProblem } from './problem'
import { submit as submitPassword } from './with-password/action'

type Props = { offer: NonNullable<Awaited<ReturnType<typeof peekNotMe>>>; link: string }

/** Where the account has another address by now or is blocked: asks for the password, or offers to block it. */
export async function NotMeByPassword({ offer, link }: Props) {
  const { sentTo, isForGood, asksFor, mayBlock } = offer
  if (!asksFor && !mayBlock) return <NotMeLinkProblem problem="replaced" />
  const t = await getTranslations('notMe')
  const problem = await getTranslations('notMeProblem')
  const blocked = await getTranslations('notMeBlocked')
  const title = isForGood ? problem('takenTitle') : asksFor === 'present' ? blocked('title') : t('title')
  const blockText = t('blockText', { duration: await durationInWords(disputeSeconds) })
  const words = await formWords({ title, submit: asksFor === 'present' ? t('lift') : t('takeBack') }, 'password')
  const intro = isForGood ? problem('address_taken') : asksFor === 'present' ? t('blocked') : t('ask')
  return (
    <FormPage title={title} intro={asksFor ? intro : blockText}>
      {asksFor && (
        <PasswordForm
          action={submitPassword}
          openedWith={{ link }}
          words={words}
          password="password"
          email={sentTo}
          {...(isForGood && { look: 'quiet' as const })}
        />
      )}
      {asksFor && mayBlock && <p>{blockText}</p>}
      {mayBlock && (
        <ButtonForm
          action={submit}
          openedWith={{ link }}
          words={await formWords({ submit: t('block'), ...(asksFor ? {} : { title }) })}
          {...(asksFor !== false && { look: 'quiet' as const })}
        />
      )}
      {asksFor !== 'present' && <p>{t('you')}</p>}
    </FormPage>
  )
}
