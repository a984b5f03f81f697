import { getLocale, getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { Way, Ways } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { formWords } from '@/lib/words/form-words'
import { AccountFrame } from '../frame'
import { ChangeEmailForm } from './form'

export default async function ChangeEmailPage() {
  const account = await requireAccount(await getLocale(), 'change-email')
  const t = await getTranslations('changeEmail')
  return (
    <AccountFrame at="security">
      <FormPage title={t('title')} intro={t('intro')}>
        <ChangeEmailForm
          words={await formWords({ title: t('title'), submit: t('submit') }, 'newEmail', 'currentPassword')}
          email={account.email}
        />
        <Ways>
          <Way to="account">{t('back')}</Way>
        </Ways>
      </FormPage>
    </AccountFrame>
  )
}
