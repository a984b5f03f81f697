import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { FocusedHeading } from '@/app/components/focused-heading'
import { Lead } from '@/app/components/lead'
import { Notice } from '@/app/components/notice'
import { AnsweringWay, Way, Ways } from '@/app/components/ways'
import { type AppRequest, appOf, hintIn } from '@/lib/apps/app-request'
import { readCookie } from '@/lib/http/cookies'
import { currentAccount } from '@/lib/http/current-account'
import { afterSignIn, returnPageOf } from '@/lib/http/sign-in'
import { typedEmail } from '@/lib/http/typed-email'
import { languageNames } from '@/lib/i18n/language-names'
import { formWords } from '@/lib/words/form-words'
import { LogInForm } from './form'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function LogInPage({ searchParams }: Props) {
  const locale = await getLocale()
  const query = await searchParams
  const next = returnPageOf(query.next)
  const asked = next?.startsWith('oidc/') ? (next as AppRequest) : null
  const app = asked && appOf(asked)
  // An application may ask for it once more.
  if (query.again === undefined && (await currentAccount())) redirect(afterSignIn(locale, next))
  const hasEnded = (await readCookie('session')) !== null
  const t = await getTranslations('login')
  const said = { title: t('title'), submit: t('submit'), notDone: t('notDone') }
  const words = await formWords(said, 'identifier', 'password', 'locale')
  const notice = app ? t('forApp', { app: app.name }) : hasEnded ? t('ended') : signedOutWords(query['signed-out'])
  return (
    <>
      {notice ? <FocusedHeading>{t('title')}</FocusedHeading> : <h1>{t('title')}</h1>}
      {notice ? <Notice>{notice}</Notice> : <Lead brief={t('welcome')} whole={t('intro')} />}
      <LogInForm
        words={words}
        openedWith={next ? { next } : {}}
        identifier={(asked && hintIn(asked)) || (await typedEmail('reset-password'))}
        forgotten={
          <AnsweringWay question={t('forgotten')} to="forgot-password">
            {t('reset')}
          </AnsweringWay>
        }
        languages={languageNames}
        preset={locale}
      />
      <Ways>
        <Way question={t('noAccount')} to="signup">
          {t('signUp')}
        </Way>
        <Way question={t('unconfirmed')} to="signup/resend">
          {t('resend')}
        </Way>
      </Ways>
    </>
  )

  /** Signing out leads here, and says of what. */
  function signedOutWords(of: unknown): string | null {
    if (of === 'here') return t('signedOut')
    return of === 'everywhere' ? t('signedOutEverywhere') : null
  }
}
