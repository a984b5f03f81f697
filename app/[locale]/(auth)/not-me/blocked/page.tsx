import { getLocale, getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'
import { Support } from '@/app/components/support'
import { type LinkQuery, openedLink } from '@/lib/http/links'
import { disputeSeconds } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'

export default async function NotMeBlockedPage({ searchParams }: { searchParams: LinkQuery }) {
  const t = await getTranslations('notMeBlocked')
  const text = t('text', { duration: await durationInWords(disputeSeconds) })
  const servesOn = (await openedLink('not-me', await getLocale(), searchParams)).state === 'live'
  return (
    <Outcome drawing="shield" title={t('title')} texts={[text]}>
      {servesOn && <p>{t('again')}</p>}
      <Support />
    </Outcome>
  )
}
