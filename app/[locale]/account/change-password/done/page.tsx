import { getLocale, getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'
import { requireAccount } from '@/lib/http/current-account'
import { outerSpaceTexts } from '@/lib/http/outer-space'
import { AccountFrame } from '../../frame'

export default async function ChangePasswordDonePage() {
  await requireAccount(await getLocale())
  const t = await getTranslations('changePasswordDone')
  const texts = [t('text'), ...(await outerSpaceTexts('account/change-password'))]
  return (
    <AccountFrame at="security">
      <Done title={t('title')} texts={texts} to="account" button={t('back')} />
    </AccountFrame>
  )
}
