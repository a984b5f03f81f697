import { getTranslations } from 'next-intl/server'
import { Notice } from '@/app/components/notice'
import { mailboxIsOpen } from '@/lib/mail/mailbox'

/** Where the mails are when nothing is sent: shown in local mode only. */
export async function LocalMailbox() {
  if (!mailboxIsOpen()) return null
  const t = await getTranslations('site')
  return (
    <Notice>
      {t('localMail')} <a href="/dev/mailbox">{t('openMailbox')}</a>
    </Notice>
  )
}
