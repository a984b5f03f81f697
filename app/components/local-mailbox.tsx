import { getTranslations } from 'next-intl/server'
import { mailboxIsOpen } from '@/lib/mail/mailbox'

/** Where the mails are when nothing is sent: shown in local mode only. */
export async function LocalMailbox() {
  if (!mailboxIsOpen()) return null
  const t = await getTranslations('site')
  return (
    <p className="notice">
      {t('localMail')} <a href="/dev/mailbox">{t('openMailbox')}</a>
    </p>
  )
}
