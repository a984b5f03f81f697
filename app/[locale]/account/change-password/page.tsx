import { getLocale, getTranslations } from 'next-intl/server'
import { requireSession } from '@/lib/http/current-session'
import { formWords } from '@/lib/i18n/form-words'
import { ruleWords } from '@/lib/i18n/rule-words'
import { ChangePasswordForm } from './form'

export default async function ChangePasswordPage() {
  const locale = await getLocale()
  const session = await requireSession(locale)
  const t = await getTranslations('changePassword')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'currentPassword', 'newPassword')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <ChangePasswordForm words={words} rules={await ruleWords()} email={session.account.email} />
      <ul className="ways">
        <li>
          <a href={`/${locale}/account`}>{t('back')}</a>
        </li>
      </ul>
    </>
  )
}
