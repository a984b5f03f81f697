import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { FocusedHeading } from '@/app/components/focused-heading'
import { Notice } from '@/app/components/notice'
import { Way, Ways } from '@/app/components/ways'
import { readCookie } from '@/lib/http/cookies'
import { currentAccount } from '@/lib/http/current-account'
import { afterSignIn, returnPageOf } from '@/lib/http/sign-in'
import { languageNames } from '@/lib/i18n/language-names'
import { formWords } from '@/lib/words/form-words'
import { LogInForm } from './form'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function LogInPage({ searchParams }: Props) {
  const locale = await getLocale()
  const next = returnPageOf((await searchParams).next)
  if (await currentAccount()) redirect(afterSignIn(locale, next))
  const hasEnded = (await readCookie('session')) !== null
  const t = await getTranslations('login')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'identifier', 'password', 'locale')
  return (
    <>
      {hasEnded ? <FocusedHeading>{t('title')}</FocusedHeading> : <h1>{t('title')}</h1>}
      {hasEnded ? <Notice>{t('ended')}</Notice> : <p>{t('intro')}</p>}
      <LogInForm words={words} openedWith={next ? { next } : {}} languages={languageNames} preset={locale} />
      <Ways>
        <Way question={t('noAccount')} to="signup">
          {t('signUp')}
        </Way>
        <Way question={t('forgotten')} to="forgot-password">
          {t('reset')}
        </Way>
        <Way question={t('unconfirmed')} to="signup/resend">
          {t('resend')}
        </Way>
      </Ways>
    </>
  )
}
