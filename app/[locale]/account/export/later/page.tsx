import { getLocale, getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'
import { requireAccount } from '@/lib/http/current-account'

export default async function ExportLaterPage() {
  await requireAccount(await getLocale())
  const t = await getTranslations('exportLater')
  return <Done title={t('title')} texts={[t('text')]} to="account" button={t('back')} />
}
