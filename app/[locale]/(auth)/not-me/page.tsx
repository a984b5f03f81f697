import { getTranslations } from 'next-intl/server'
import { ButtonForm } from '@/app/components/button-form'
import { FormPage } from '@/app/components/form-page'
import { peekNotMe } from '@/lib/accounts/dispute'
import { followedLink, linkState } from '@/lib/http/links'
import { formWords } from '@/lib/words/form-words'
import { submit } from './action'
import { NotMeByPassword } from './by-password'
import { NotMeLinkProblem } from './problem'

export default async function NotMePage() {
  const state = await linkState('not-me')
  const offer = state === 'live' ? await peekNotMe(await followedLink('not-me')) : null
  if (state !== 'live' || !offer) return <NotMeLinkProblem problem={state === 'live' ? 'unknown' : state} />
  if (!offer.isSure) return <NotMeByPassword offer={offer} />
  const t = await getTranslations('notMe')
  return (
    <FormPage title={t('title')} intro={t('intro')}>
      <ul className="effects">
        <li>{t('signOut')}</li>
        <li>{t('password')}</li>
        <li>{t('mail')}</li>
      </ul>
      <ButtonForm action={submit} words={await formWords({ title: t('title'), submit: t('submit') })} />
      <p>{t('you')}</p>
    </FormPage>
  )
}
