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
  const title = problem === 'used' ? t('usedTitle') : problem === 'address_taken' ? t('takenTitle') : t('title')
  return (
    <DeadLink isDone={problem === 'used'} title={title} texts={hasAccount ? [why] : [why, t('again')]}>
      <ButtonLink to={hasAccount ? 'login' : 'signup/resend'}>{hasAccount ? t('logIn') : t('resend')}</ButtonLink>
      {problem !== 'used' && (
        <ButtonLink to={hasAccount ? 'forgot-password' : 'signup'} look="quiet">
          {hasAccount ? t('reset') : t('signUp')}
        </ButtonLink>
      )}
    </DeadLink>
  )
}
