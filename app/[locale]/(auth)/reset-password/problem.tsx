import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/app/components/actions'
import { DeadLink } from '@/app/components/dead-link'
import type { LinkProblem, Unopened } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { isUnopened, unopenedWords } from '@/lib/words/unopened-words'

const { maxAttempts: attempts, passwordReset } = tokenPolicy

export async function ResetLinkProblem({ problem }: { problem: LinkProblem<'reset-password'> | Unopened }) {
  const t = await getTranslations('resetProblem')
  const duration = await durationInWords(passwordReset.lifetimeSeconds)
  return (
    <DeadLink
      title={t('title')}
      texts={[isUnopened(problem) ? await unopenedWords(problem) : t(problem, { duration, attempts })]}
    >
      <ButtonLink to="forgot-password">{t('again')}</ButtonLink>
      <ButtonLink to="login" look="quiet">
        {t('logIn')}
      </ButtonLink>
    </DeadLink>
  )
}
