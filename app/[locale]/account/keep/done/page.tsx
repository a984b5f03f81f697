import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'
import { requireAccount } from '@/lib/http/current-account'
import { AccountFrame } from '../../frame'

export default async function KeepAccountDonePage() {
  const locale = await getLocale()
  const account = await requireAccount(locale)
  if (account.closesAt) redirect(`/${locale}/account/keep`)
  const t = await getTranslations('keepDone')
  return (
    <AccountFrame>
      <Done title={t('title')} texts={[t('text')]} to="account" button={t('back')} />
    </AccountFrame>
  )
}
