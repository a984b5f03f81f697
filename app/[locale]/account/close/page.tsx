import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { List } from '@/app/components/list'
import { PasswordForm } from '@/app/components/password-form'
import { Way, Ways } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { closingGraceSeconds } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { formWords } from '@/lib/words/form-words'
import { AccountFrame } from '../frame'
import { submit } from './action'

export default async function CloseAccountPage() {
  const locale = await getLocale()
  const account = await requireAccount(locale, 'close')
  if (account.closesAt) redirect(`/${locale}/account/keep`)
  const t = await getTranslations('closeAccount')
  const yourData = await getTranslations('yourData')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'currentPassword')
  return (
    <AccountFrame at="data">
      <FormPage title={t('title')} intro={t('intro')}>
        <List
          steps
          items={[t('first'), t('then', { duration: await durationInWords(closingGraceSeconds) }), t('last')]}
        />
        <PasswordForm action={submit} words={words} password="currentPassword" email={account.email} look="danger" />
        <Ways>
          <Way to="account/export">{yourData('download')}</Way>
          <Way to="account">{t('back')}</Way>
        </Ways>
      </FormPage>
    </AccountFrame>
  )
}
