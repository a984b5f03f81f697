import { getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { IdentityAndPasswordForm } from '@/app/components/identity-and-password-form'
import { Way, Ways } from '@/app/components/ways'
import { formWords } from '@/lib/words/form-words'
import { identityFields, identityOptions } from '@/lib/words/identity-words'
import { ruleWords } from '@/lib/words/rule-words'
import { submit } from './action'

export default async function SignUpPage() {
  const t = await getTranslations('signup')
  return (
    <FormPage title={t('title')} intro={t('intro')}>
      <IdentityAndPasswordForm
        action={submit}
        words={await formWords({ title: t('title'), submit: t('submit') }, ...identityFields, 'password')}
        options={await identityOptions()}
        rules={await ruleWords()}
        password="password"
      />
      <Ways>
        <Way question={t('hasAccount')} to="login">
          {t('logIn')}
        </Way>
      </Ways>
    </FormPage>
  )
}
