import { getLocale, getTranslations } from 'next-intl/server'
import { HelpLink } from '@/app/components/help-link'
import { Outcome } from '@/app/components/outcome'
import type { LinkProblem } from '@/lib/accounts/codes'
import { tokenPolicy } from '@/lib/accounts/policy'
import { durationInWords } from '@/lib/i18n/durations'

export async function VerificationLinkProblem({ problem }: { problem: LinkProblem }) {
  const locale = await getLocale()
  const t = await getTranslations('verifyProblem')
  const duration = await durationInWords(tokenPolicy.verification.lifetimeSeconds)
  const isConfirmed = problem === 'used'
  return (
    <Outcome title={isConfirmed ? t('usedTitle') : t('title')}>
      <p>{t(problem, { duration })}</p>
      {!isConfirmed && <p>{t('again')}</p>}
      <p className="actions">
        <a className="button button-primary" href={`/${locale}/login`}>
          {t('logIn')}
        </a>
        {!isConfirmed && (
          <a className="button" href={`/${locale}/signup`}>
            {t('signUp')}
          </a>
        )}
      </p>
      <ul className="ways">
        <li>
          <HelpLink />
        </li>
      </ul>
    </Outcome>
  )
}
