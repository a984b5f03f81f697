import { getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'
import { wayBack } from '@/app/components/way-back'

export default async function VerifyEmailDonePage() {
  const t = await getTranslations('verifyDone')
  return <Done title={t('title')} texts={[t('text')]} to="account" button={t('account')} back={await wayBack()} />
}
