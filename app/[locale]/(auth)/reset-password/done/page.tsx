import { getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'
import { outerSpaceTexts } from '@/lib/http/outer-space'

export default async function ResetPasswordDonePage() {
  const t = await getTranslations('resetDone')
  const texts = [t('text'), t('elsewhere'), ...(await outerSpaceTexts('reset-password'))]
  return <Done title={t('title')} texts={texts} to="login" button={t('logIn')} />
}
