import { getTranslations } from 'next-intl/server'
import { newEmailLinkState } from '@/lib/http/link-cookie'
import { formWords } from '@/lib/i18n/form-words'
import { NewEmailForm } from './form'
import { NewEmailLinkProblem } from './problem'

export default async function NewEmailPage() {
  const state = await newEmailLinkState()
  if (state !== 'live') return <NewEmailLinkProblem problem={state} />
  const t = await getTranslations('newEmail')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <NewEmailForm words={await formWords({ title: t('title'), submit: t('submit') })} />
      <p>{t('you')}</p>
    </>
  )
}
