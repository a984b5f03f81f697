import { getTranslations } from 'next-intl/server'
import { Done } from '@/app/components/done'
import { Progress } from '@/app/components/progress'
import { wayBack } from '@/app/components/way-back'
import { outerSpaceTexts } from '@/lib/http/outer-space'

export default async function ResetPasswordDonePage() {
  const t = await getTranslations('resetDone')
  return (
    <Done
      above={<Progress step={4} />}
      title={t('title')}
      texts={[t('text'), t('elsewhere'), ...(await outerSpaceTexts('reset-password'))]}
      to="login"
      button={t('logIn')}
      back={await wayBack()}
    />
  )
}
