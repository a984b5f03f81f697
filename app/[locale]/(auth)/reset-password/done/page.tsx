import { getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'

export default async function ResetPasswordDonePage() {
  const t = await getTranslations('resetDone')
  return <Done title={t('title')} texts={[t('text'), t('elsewhere')]} to="login" button={t('logIn')} />
}
