import { getLocale, getTranslations } from 'next-intl/server'
import { HelpLink } from '@/app/components/help-link'
import { formWords } from '@/lib/i18n/form-words'
import { identityFields, identityOptions } from '@/lib/i18n/identity'
import { ForgotPasswordForm } from './form'

export default async function ForgotPasswordPage() {
  const locale = await getLocale()
  const t = await getTranslations('forgot')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <ForgotPasswordForm
        words={await formWords({ title: t('title'), submit: t('submit') }, ...identityFields)}
        options={await identityOptions()}
      />
      <ul className="ways">
        <li>
          {t('remembered')} <a href={`/${locale}/login`}>{t('logIn')}</a>
        </li>
        <li>
          <HelpLink />
        </li>
      </ul>
    </>
  )
}
