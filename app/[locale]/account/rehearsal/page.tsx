import { getLocale, getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { IdentityForm } from '@/app/components/identity-form'
import { Way, Ways } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { formWords } from '@/lib/words/form-words'
import { identityFields, identityOptions } from '@/lib/words/identity-words'
import { AccountFrame } from '../frame'
import { submit } from './action'

export default async function RehearsalPage() {
  await requireAccount(await getLocale(), 'rehearsal')
  const t = await getTranslations('rehearsal')
  const words = await formWords({ title: t('title'), submit: t('submit') }, ...identityFields)
  return (
    <AccountFrame at="profile">
      <FormPage title={t('title')} intro={t('intro')}>
        <IdentityForm action={submit} words={words} options={await identityOptions()} />
        <Ways>
          <Way to="account/details">{t('correct')}</Way>
          <Way to="account">{t('back')}</Way>
        </Ways>
      </FormPage>
    </AccountFrame>
  )
}
