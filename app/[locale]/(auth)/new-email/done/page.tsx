import { getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'

export default async function NewEmailDonePage() {
  const t = await getTranslations('newEmailDone')
  return <Done title={t('title')} texts={[t('text'), t('told')]} to="account" button={t('toAccount')} />
}
