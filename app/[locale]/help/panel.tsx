import { getLocale, getTranslations } from 'next-intl/server'
import type { HelpStep } from '@/app/[locale]/help/steps'
import { passwordPolicy, tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { HelpPicture } from './picture'

/** What there is to press at each step. */
const targets = {
  login: 'login.reset',
  forgot: 'forgot.submit',
  forgotSent: 'forgotSent.again',
  reset: 'reset.submit',
  resetDone: 'resetDone.logIn',
} as const

/** One step: its number and title, and within, in the words of the page that it is about, what to do and how it looks. */
export async function HelpPanel({ step, number }: { step: HelpStep; number: number }) {
  const locale = await getLocale()
  const t = await getTranslations()
  const words = {
    title: t(`${step}.title`),
    target: t(targets[step]),
    duration: await durationInWords(tokenPolicy.passwordReset.lifetimeSeconds),
    length: t('passwordRules.too_short', { min: passwordPolicy.minLength }),
  }
  return (
    <details className="panel" open={number === 1}>
      <summary>
        <h2>
          {number}. {words.title}
        </h2>
      </summary>
      {/* Browsers open a panel for a link to something within, never for one to the panel itself. */}
      <div className="panel-content" id={step}>
        <p>{t(`help.${step}.text`, words)}</p>
        <HelpPicture locale={locale} step={step} text={t(`help.${step}.picture`, words)} />
      </div>
    </details>
  )
}
