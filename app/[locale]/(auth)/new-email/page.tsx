import { getLocale, getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { PasswordForm } from '@/app/components/password-form'
import { peekAddress } from '@/lib/accounts/peek-link'
import { type LinkQuery, openedLink } from '@/lib/http/links'
import { formWords } from '@/lib/words/form-words'
import { submit } from './action'
import { NewEmailLinkProblem } from './problem'

export default async function NewEmailPage({ searchParams }: { searchParams: LinkQuery }) {
  const { token, link, state } = await openedLink('new-email', await getLocale(), searchParams)
  if (state !== 'live') return <NewEmailLinkProblem problem={state} />
  const t = await getTranslations('newEmail')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'currentPassword')
  return (
    <FormPage title={t('title')} intro={t('intro')}>
      <PasswordForm
        action={submit}
        openedWith={{ link }}
        words={words}
        password="currentPassword"
        email={await peekAddress('new-email', token)}
      />
      <p>{t('you')}</p>
    </FormPage>
  )
}
