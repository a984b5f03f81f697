import { getTranslations } from 'next-intl/server'
import { notMeLinkState } from '@/lib/http/link-cookie'
import { formWords } from '@/lib/i18n/form-words'
import { NotMeForm } from './form'
import { NotMeLinkProblem } from './problem'

export default async function NotMePage() {
  const state = await notMeLinkState()
  if (state !== 'live') return <NotMeLinkProblem problem={state} />
  const t = await getTranslations('notMe')
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <ul className="effects">
        <li>{t('signOut')}</li>
        <li>{t('password')}</li>
        <li>{t('address')}</li>
        <li>{t('mail')}</li>
      </ul>
      <NotMeForm words={await formWords({ title: t('title'), submit: t('submit') })} />
      <p>{t('you')}</p>
    </>
  )
}
