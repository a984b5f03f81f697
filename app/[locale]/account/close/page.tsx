import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { closingGraceSeconds } from '@/lib/accounts/policy'
import { requireSession } from '@/lib/http/current-session'
import { durationInWords } from '@/lib/i18n/durations'
import { formWords } from '@/lib/i18n/form-words'
import { CloseAccountForm } from './form'

export default async function CloseAccountPage() {
  const locale = await getLocale()
  const session = await requireSession(locale)
  if (session.account.closesAt) redirect(`/${locale}/account/keep`)
  const t = await getTranslations('closeAccount')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'currentPassword')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <ol className="steps">
        <li>{t('first')}</li>
        <li>{t('then', { duration: await durationInWords(closingGraceSeconds) })}</li>
        <li>{t('last')}</li>
      </ol>
      <CloseAccountForm words={words} email={session.account.email} />
      <ul className="ways">
        <li>
          <a href={`/${locale}/account`}>{t('back')}</a>
        </li>
      </ul>
    </>
  )
}
