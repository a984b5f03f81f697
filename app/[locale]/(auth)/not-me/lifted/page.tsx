import { getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'

export default async function NotMeLiftedPage() {
  const t = await getTranslations('notMeLifted')
  return <Done title={t('title')} texts={[t('text')]} to="login" button={t('logIn')} />
}
