import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/app/components/actions'
import { DeadLink } from '@/app/components/dead-link'
import type { LinkProblem, Unopened } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { isUnopened, unopenedWords } from '@/lib/words/unopened-words'

export async function VerificationLinkProblem({ problem }: { problem: LinkProblem<'verify-email'> | Unopened }) {
  const t = await getTranslations('verifyProblem')
  const why = isUnopened(problem)
    ? await unopenedWords(problem)
    : t(problem, { duration: await durationInWords(tokenPolicy.verification.lifetimeSeconds) })
  const hasAccount = problem === 'used' || problem === 'address_taken'
  return (
    <DeadLink
      isDone={problem === 'used'}
      title={problem === 'used' ? t('usedTitle') : t('title')}
      texts={hasAccount ? [why] : [why, t('again')]}
    >
      <ButtonLink to={hasAccount ? 'login' : 'signup/resend'}>{hasAccount ? t('logIn') : t('resend')}</ButtonLink>
      {!hasAccount && (
        <ButtonLink to="signup" look="quiet">
          {t('signUp')}
        </ButtonLink>
      )}
    </DeadLink>
  )
}
