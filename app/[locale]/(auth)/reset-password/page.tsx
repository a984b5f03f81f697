import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { FormPage } from '@/app/components/form-page'
import { Hint } from '@/app/components/hint'
import { IdentityAndPasswordForm } from '@/app/components/identity-and-password-form'
import { Progress } from '@/app/components/progress'
import { type LinkQuery, openedLink } from '@/lib/http/links'
import { formWords } from '@/lib/words/form-words'
import { identityFields, identityOptions } from '@/lib/words/identity-words'
import { ruleWords } from '@/lib/words/rule-words'
import { submit } from './action'
import { ResetLinkProblem } from './problem'

/** As short as can be: nobody finds it but by a mailed link. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reset')
  return { description: t('title') }
}

export default async function ResetPasswordPage({ searchParams }: { searchParams: LinkQuery }) {
  const { link, state } = await openedLink('reset-password', await getLocale(), searchParams)
  if (state !== 'live') return <ResetLinkProblem problem={state} />
  const t = await getTranslations('reset')
  const forgot = await getTranslations('forgot')
  const words = await formWords({ title: t('title'), submit: t('submit') }, ...identityFields, 'newPassword')
  const [options, rules] = [await identityOptions(), await ruleWords()]
  return (
    <FormPage title={t('title')} intro={forgot('intro')} above={<Progress step={3} />}>
      <Hint>{t('why')}</Hint>
      <IdentityAndPasswordForm
        action={submit}
        openedWith={{ link }}
        words={words}
        options={options}
        rules={rules}
        password="newPassword"
      />
    </FormPage>
  )
}
