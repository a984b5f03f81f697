import { getLocale, getTranslations } from 'next-intl/server'
import { requireSession } from '@/lib/http/current-session'
import { formWords } from '@/lib/i18n/form-words'
import { ChangeEmailForm } from './form'

export default async function ChangeEmailPage() {
  const locale = await getLocale()
  const session = await requireSession(locale)
  const t = await getTranslations('changeEmail')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <ChangeEmailForm
        words={await formWords({ title: t('title'), submit: t('submit') }, 'newEmail', 'currentPassword')}
        email={session.account.email}
      />
      <ul className="ways">
        <li>
          <a href={`/${locale}/account`}>{t('back')}</a>
        </li>
      </ul>
    </>
  )
}
