import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'
import type { NewEmailProblem } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/accounts/policy'
import { durationInWords } from '@/lib/i18n/durations'

export async function NewEmailLinkProblem({ problem }: { problem: NewEmailProblem }) {
  const locale = await getLocale()
  const t = await getTranslations('newEmailProblem')
  const duration = await durationInWords(tokenPolicy.addressChange.lifetimeSeconds)
  return (
    <Outcome title={problem === 'used' ? t('usedTitle') : t('title')}>
      <p>{t(problem, { duration })}</p>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/login`}>
          {t('logIn')}
        </a>
        <a className="button" href={`/${locale}/account/change-email`}>
          {t('again')}
        </a>
      </p>
    </Outcome>
  )
}
