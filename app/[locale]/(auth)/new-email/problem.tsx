import { getTranslations } from 'next-intl/server'
import { ButtonLink } from '@/app/components/actions'
import { DeadLink } from '@/app/components/dead-link'
import type { LinkProblem, Unopened } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { isUnopened, unopenedWords } from '@/lib/words/unopened-words'

export async function NewEmailLinkProblem({ problem }: { problem: LinkProblem<'new-email'> | Unopened }) {
  const t = await getTranslations('newEmailProblem')
  const duration = await durationInWords(tokenPolicy.emailChange.lifetimeSeconds)
  return (
    <DeadLink
      isDone={problem === 'used'}
      title={problem === 'used' ? t('usedTitle') : problem === 'address_taken' ? t('takenTitle') : t('title')}
      texts={[isUnopened(problem) ? await unopenedWords(problem) : t(problem, { duration })]}
    >
      <ButtonLink to="login">{t('logIn')}</ButtonLink>
      <ButtonLink to="account/change-email" look="quiet">
        {t('again')}
      </ButtonLink>
    </DeadLink>
  )
}
