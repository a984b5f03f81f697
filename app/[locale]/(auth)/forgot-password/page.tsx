import { getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { IdentityForm } from '@/app/components/identity-form'
import { Progress } from '@/app/components/progress'
import { Way, Ways } from '@/app/components/ways'
import { formWords } from '@/lib/words/form-words'
import { identityFields, identityOptions } from '@/lib/words/identity-words'
import { submit } from './action'

export default async function ForgotPasswordPage() {
  const t = await getTranslations('forgot')
  const words = await formWords({ title: t('title'), submit: t('submit') }, ...identityFields)
  return (
    <FormPage title={t('title')} intro={t('intro')} above={<Progress step={1} />}>
      <IdentityForm action={submit} words={words} options={await identityOptions()} />
      <Ways>
        <Way question={t('remembered')} to="login">
          {t('logIn')}
        </Way>
      </Ways>
    </FormPage>
  )
}
