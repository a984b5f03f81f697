import { getLocale, getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'
import { requireAccount } from '@/lib/http/current-account'
import { AccountFrame } from '../../frame'

export default async function UsernameDonePage() {
  const { username } = await requireAccount(await getLocale())
  const t = await getTranslations('usernameDone')
  const text = username ? t('saved', { username: `\u2066${username}\u2069` }) : t('removed')
  return (
    <AccountFrame at="security">
      <Done title={t('title')} texts={[text]} to="account" button={t('back')} />
    </AccountFrame>
  )
}
