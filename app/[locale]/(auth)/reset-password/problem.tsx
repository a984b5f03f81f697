import { getLocale, getTranslations } from 'next-intl/server'
import { HelpLink } from '@/app/components/help-link'
import { Outcome } from '@/app/components/outcome'
import type { LinkProblem } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/accounts/policy'
import { durationInWords } from '@/lib/i18n/durations'

const { lifetimeSeconds, maxIdentityAttempts } = tokenPolicy.passwordReset

export async function ResetLinkProblem({ problem }: { problem: LinkProblem }) {
  const locale = await getLocale()
  const t = await getTranslations('resetProblem')
  const duration = await durationInWords(lifetimeSeconds)
  return (
    <Outcome title={t('title')}>
      <p>{t(problem, { duration, attempts: maxIdentityAttempts })}</p>
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/forgot-password`}>
          {t('again')}
        </a>
        <a className="button" href={`/${locale}/login`}>
          {t('logIn')}
        </a>
      </p>
      <ul className="ways">
        <li>
          <HelpLink />
        </li>
      </ul>
    </Outcome>
  )
}
