import { getLocale, getTranslations } from 'next-intl/server'
import { MailSent } from '@/app/components/mail-sent'
import { Way } from '@/app/components/ways'
import { requireAccount } from '@/lib/http/current-account'
import { tokenPolicy } from '@/lib/policy'
import { durationInWords } from '@/lib/words/durations'
import { AccountFrame } from '../../frame'

export default async function ChangeEmailSentPage() {
  await requireAccount(await getLocale())
  const t = await getTranslations('changeEmailSent')
  const duration = await durationInWords(tokenPolicy.emailChange.lifetimeSeconds)
  return (
    <AccountFrame at="security">
      <MailSent
        page="account/change-email"
        title={t('title')}
        texts={[t('sent'), t('lifetime', { duration }), t('spam')]}
      >
        <Way to="account/change-email">{t('again')}</Way>
        <Way to="account">{t('back')}</Way>
      </MailSent>
    </AccountFrame>
  )
}
