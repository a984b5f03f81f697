import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { FocusedHeading } from '@/app/components/focused-heading'
import { HelpLink } from '@/app/components/help-link'
import { readCookie } from '@/lib/http/cookies'
import { currentSession } from '@/lib/http/current-session'
import { formWords } from '@/lib/i18n/form-words'
import { languageNames } from '@/lib/i18n/language-names'
import { LogInForm } from './form'

export default async function LogInPage() {
  const locale = await getLocale()
  if (await currentSession()) redirect(`/${locale}/account`)
  const hasEnded = (await readCookie('session')) !== null
  const t = await getTranslations('login')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'identifier', 'password', 'locale')
  return (
    <>
      {hasEnded ? <FocusedHeading>{t('title')}</FocusedHeading> : <h1>{t('title')}</h1>}
      {hasEnded ? <p className="notice">{t('ended')}</p> : <p>{t('intro')}</p>}
      <LogInForm words={words} languages={languageNames} preset={locale} />
      <ul className="ways">
        <li>
          {t('noAccount')} <a href={`/${locale}/signup`}>{t('signUp')}</a>
        </li>
        <li>
          {t('forgotten')} <a href={`/${locale}/forgot-password`}>{t('reset')}</a>
        </li>
        <li>
          <HelpLink />
        </li>
      </ul>
    </>
  )
}
