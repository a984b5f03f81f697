import { getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { PasswordForm } from '@/app/components/password-form'
import { linkAddress, linkState } from '@/lib/http/links'
import { formWords } from '@/lib/words/form-words'
import { submit } from './action'
import { NewEmailLinkProblem } from './problem'

export default async function NewEmailPage() {
  const state = await linkState('new-email')
  if (state !== 'live') return <NewEmailLinkProblem problem={state} />
  const t = await getTranslations('newEmail')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'currentPassword')
  return (
    <FormPage title={t('title')} intro={t('intro')}>
      <PasswordForm action={submit} words={words} password="currentPassword" email={await linkAddress('new-email')} />
      <p>{t('you')}</p>
    </FormPage>
  )
}
