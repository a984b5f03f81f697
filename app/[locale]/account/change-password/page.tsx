import { getLocale, getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { Way, Ways } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { formWords } from '@/lib/words/form-words'
import { ruleWords } from '@/lib/words/rule-words'
import { AccountFrame } from '../frame'
import { ChangePasswordForm } from './form'

export default async function ChangePasswordPage() {
  const account = await requireAccount(await getLocale(), 'change-password')
  const t = await getTranslations('changePassword')
  const logIn = await getTranslations('login')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'currentPassword', 'newPassword')
  return (
    <AccountFrame at="security">
      <FormPage title={t('title')} intro={t('intro')}>
        <ChangePasswordForm words={words} rules={await ruleWords()} email={account.email} />
        <Ways>
          <Way question={logIn('forgotten')} to="forgot-password">
            {logIn('reset')}
          </Way>
          <Way to="account">{t('back')}</Way>
        </Ways>
      </FormPage>
    </AccountFrame>
  )
}
