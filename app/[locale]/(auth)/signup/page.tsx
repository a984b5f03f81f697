import { getLocale, getTranslations } from 'next-intl/server'
import { formWords } from '@/lib/i18n/form-words'
import { identityFields, identityOptions } from '@/lib/i18n/identity'
import { ruleWords } from '@/lib/i18n/rule-words'
import { SignUpForm } from './form'

export default async function SignUpPage() {
  const locale = await getLocale()
  const t = await getTranslations('signup')
  const words = await formWords({ title: t('title'), submit: t('submit') }, ...identityFields, 'password')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <SignUpForm words={words} options={await identityOptions()} rules={await ruleWords()} />
      <ul className="ways">
        <li>
          {t('hasAccount')} <a href={`/${locale}/login`}>{t('logIn')}</a>
        </li>
      </ul>
    </>
  )
}
