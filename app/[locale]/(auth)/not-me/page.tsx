import { getLocale, getTranslations } from 'next-intl/server'
import { ButtonForm } from '@/app/components/button-form'
import { FormPage } from '@/app/components/form-page'
import { List } from '@/app/components/list'
import { peekNotMe } from '@/lib/accounts/dispute'
import { type LinkQuery, openedLink } from '@/lib/http/links'
import { formWords } from '@/lib/words/form-words'
import { submit } from './action'
import { NotMeByPassword } from './by-password'
import { NotMeLinkProblem } from './problem'

export default async function NotMePage({ searchParams }: { searchParams: LinkQuery }) {
  const { token, link, state } = await openedLink('not-me', await getLocale(), searchParams)
  const offer = state === 'live' ? await peekNotMe(token) : null
  if (state !== 'live' || !offer) return <NotMeLinkProblem problem={state === 'live' ? 'unknown' : state} />
  if (!offer.isSure) return <NotMeByPassword offer={offer} link={link} />
  const t = await getTranslations('notMe')
  return (
    <FormPage title={t('title')} intro={t('intro')}>
      <List items={[t('signOut'), t('password'), t('details'), t('mail')]} />
      <ButtonForm
        action={submit}
        openedWith={{ link }}
        words={await formWords({ title: t('title'), submit: t('submit') })}
      />
      <p>{t('you')}</p>
    </FormPage>
  )
}
