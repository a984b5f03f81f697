import { getLocale, getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'
import { requireAccount } from '@/lib/http/current-account'
import { AccountFrame } from '../../frame'

export default async function ChangeDetailsDonePage() {
  await requireAccount(await getLocale())
  const t = await getTranslations('changeDetailsDone')
  return (
    <AccountFrame at="profile">
      <Done title={t('title')} texts={[t('text'), t('told')]} to="account" button={t('back')} />
    </AccountFrame>
  )
}
