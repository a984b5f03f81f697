import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { SitePage } from '@/app/components/site-page'
import { WindowTitle } from '@/app/components/window-title'
import { listMailbox, mailboxIsOpen } from '@/lib/mail/mailbox'
import { Mail } from './mail'

/** Every mail of local mode. Deployed, this page does not exist. */
export default async function MailboxPage() {
  if (!mailboxIsOpen()) notFound()
  const t = await getTranslations('mailbox')
  const mails = await listMailbox()
  return (
    <SitePage locale={await getLocale()}>
      <WindowTitle>{t('title')}</WindowTitle>
      <h1>{t('title')}</h1>
      <p>{mails.length > 0 ? t('intro') : t('empty')}</p>
      {mails.length > 0 && (
        <ol className="mails">
          {mails.map((mail, index) => (
            <li key={mail.id}>
              <Mail mail={mail} open={index === 0} />
            </li>
          ))}
        </ol>
      )}
    </SitePage>
  )
}
