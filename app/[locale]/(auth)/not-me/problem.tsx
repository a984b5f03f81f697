import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'
import type { NotMeProblem } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/accounts/policy'
import { durationInWords } from '@/lib/i18n/durations'

export async function NotMeLinkProblem({ problem }: { problem: NotMeProblem }) {
  const locale = await getLocale()
  const t = await getTranslations('notMeProblem')
  const duration = await durationInWords(tokenPolicy.notMe.lifetimeSeconds)
  const isOver = problem === 'used' || problem === 'address_taken'
  return (
    <Outcome title={t('title')}>
      <p>{t(problem, { duration })}</p>
      {isOver || <p>{t('doubt')}</p>}
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/forgot-password`}>
          {t('again')}
        </a>
        <a className="button" href={`/${locale}/login`}>
          {t('logIn')}
        </a>
      </p>
    </Outcome>
  )
}
