import { getLocale, getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { Way, Ways } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { formWords } from '@/lib/words/form-words'
import { identityOptions } from '@/lib/words/identity-words'
import { AccountFrame } from '../frame'
import { ChangeDetailsForm } from './form'

const fields = ['firstName', 'lastName', 'country', 'organizationType', 'currentPassword'] as const

export default async function ChangeDetailsPage() {
  const { email, firstName, lastName, country, organizationType } = await requireAccount(await getLocale(), 'details')
  const t = await getTranslations('changeDetails')
  return (
    <AccountFrame at="profile">
      <FormPage title={t('title')} intro={t('intro')}>
        <ChangeDetailsForm
          words={await formWords({ title: t('title'), submit: t('submit') }, ...fields)}
          options={await identityOptions()}
          present={{ email, firstName, lastName, country, organizationType }}
        />
        <Ways>
          <Way to="account">{t('back')}</Way>
        </Ways>
      </FormPage>
    </AccountFrame>
  )
}
