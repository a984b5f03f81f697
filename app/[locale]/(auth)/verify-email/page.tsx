import { getLocale, getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { PasswordForm } from '@/app/components/password-form'
import { Way, Ways } from '@/app/components/ways'
import { peekAddress } from '@/lib/accounts/peek-link'
import { type LinkQuery, openedLink } from '@/lib/http/links'
import { formWords } from '@/lib/words/form-words'
import { submit } from './action'
import { VerificationLinkProblem } from './problem'

export default async function VerifyEmailPage({ searchParams }: { searchParams: LinkQuery }) {
  const { token, link, state } = await openedLink('verify-email', await getLocale(), searchParams)
  if (state !== 'live') return <VerificationLinkProblem problem={state} />
  const t = await getTranslations('verify')
  const words = await formWords({ title: t('title'), submit: t('submit') }, 'password')
  return (
    <FormPage title={t('title')} intro={t('intro')}>
      <PasswordForm
        action={submit}
        openedWith={{ link }}
        words={words}
        password="password"
        email={await peekAddress('verify-email', token)}
      />
      <Ways>
        <Way question={t('forgotten')} to="signup">
          {t('again')}
        </Way>
      </Ways>
    </FormPage>
  )
}
