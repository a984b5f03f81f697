import { getTranslations } from 'next-intl/server'
import { resetLinkState } from '@/lib/http/link-cookie'
import { formWords } from '@/lib/i18n/form-words'
import { identityFields, identityOptions } from '@/lib/i18n/identity'
import { ruleWords } from '@/lib/i18n/rule-words'
import { ResetPasswordForm } from './form'
import { ResetLinkProblem } from './problem'

export default async function ResetPasswordPage() {
  const state = await resetLinkState()
  if (state !== 'live') return <ResetLinkProblem problem={state} />
  const t = await getTranslations('reset')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <ResetPasswordForm
        words={await formWords({ title: t('title'), submit: t('submit') }, ...identityFields, 'newPassword')}
        options={await identityOptions()}
        rules={await ruleWords()}
      />
    </>
  )
}
