import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/app/components/actions'
import { DeadLink } from '@/app/components/dead-link'
import type { LinkProblem, Unopened } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { isUnopened, unopenedWords } from '@/lib/words/unopened-words'

export async function NotMeLinkProblem({ problem }: { problem: LinkProblem<'not-me'> | Unopened }) {
  const t = await getTranslations('notMeProblem')
  const duration = await durationInWords(tokenPolicy.notMe.lifetimeSeconds)
  const isOver = problem === 'used' || problem === 'address_taken'
  return (
    <DeadLink
      title={problem === 'address_taken' ? t('takenTitle') : t('title')}
      texts={[
        isUnopened(problem) ? await unopenedWords(problem) : t(problem, { duration }),
        ...(isOver ? [] : [t('doubt')]),
      ]}
    >
      {problem !== 'address_taken' && (
        <>
          <ButtonLink to="forgot-password">{t('again')}</ButtonLink>
          <ButtonLink to="login" look="quiet">
            {t('logIn')}
          </ButtonLink>
        </>
      )}
    </DeadLink>
  )
}
