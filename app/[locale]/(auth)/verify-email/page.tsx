import { getTranslations } from 'next-intl/server'
import { verificationLinkState } from '@/lib/http/link-cookie'
import { formWords } from '@/lib/i18n/form-words'
import { VerifyEmailForm } from './form'
import { VerificationLinkProblem } from './problem'

export default async function VerifyEmailPage() {
  const state = await verificationLinkState()
  if (state !== 'live') return <VerificationLinkProblem problem={state} />
  const t = await getTranslations('verify')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <VerifyEmailForm words={await formWords({ title: t('title'), submit: t('submit') })} />
    </>
  )
}
