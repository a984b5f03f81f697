import { getLocale, getTranslations } from 'next-intl/server'
import { calloutsOf, type HelpStep } from '@/app/[locale]/help/steps'
import { Panel } from '@/app/components/panel'
import { Pictured } from '@/app/components/pictured'
import { passwordPolicy, tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { HelpPicture } from './picture'

/** What there is to press at each step: the last letter of its picture. */
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
  const legend = [...calloutsOf[step].map((field) => t(`fields.${field}.label`).replace('*', '')), words.target]
  return (
    <Panel id={step} heading={<h3>{t('help.stepTitle', { number, title: words.title })}</h3>} open={number === 1}>
      <p>{t(`help.${step}.text`, words)}</p>
      <Pictured
        picture={<HelpPicture locale={locale} step={step} text={t(`help.${step}.picture`, words)} />}
        title={t('help.legend')}
        legend={legend}
      />
    </Panel>
  )
}
