import { getTranslations } from 'next-intl/server'
import { Outcome } from '@/app/components/outcome'
import { linkState } from '@/lib/http/links'
import { disputeSeconds } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'

export default async function NotMeBlockedPage() {
  const t = await getTranslations('notMeBlocked')
  const text = t('text', { duration: await durationInWords(disputeSeconds) })
  const servesOn = (await linkState('not-me')) === 'live'
  return (
    <Outcome title={t('title')} texts={[text]}>
      {servesOn && <p>{t('again')}</p>}
    </Outcome>
  )
}
