import { getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { IdentityAndPasswordForm } from '@/app/components/identity-and-password-form'
import { linkState } from '@/lib/http/links'
import { formWords } from '@/lib/words/form-words'
import { identityFields, identityOptions } from '@/lib/words/identity-words'
import { ruleWords } from '@/lib/words/rule-words'
import { submit } from './action'
import { ResetLinkProblem } from './problem'

export default async function ResetPasswordPage() {
  const state = await linkState('reset-password')
  if (state !== 'live') return <ResetLinkProblem problem={state} />
  const t = await getTranslations('reset')
  const words = await formWords({ title: t('title'), submit: t('submit') }, ...identityFields, 'newPassword')
  const [options, rules] = [await identityOptions(), await ruleWords()]
  return (
    <FormPage title={t('title')} intro={t('intro')}>
      <IdentityAndPasswordForm action={submit} words={words} options={options} rules={rules} password="newPassword" />
    </FormPage>
  )
}
