import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { MailRows } from '@/app/components/mail-row'
import { Panel } from '@/app/components/panel'
import { Shell } from '@/app/components/shell'
import { SitePage } from '@/app/components/site-page'
import { WindowTitle } from '@/app/components/window-title'
import type { Locale } from '@/lib/i18n/locales'
import { listMailbox, type MailboxMail, mailboxIsOpen } from '@/lib/mail/mailbox'
import { Mail } from './mail'

/** So many mails are seen at once; older ones are a press away. */
const seenAtOnce = 12

/** Every mail of local mode. Deployed, this page does not exist. */
export default async function MailboxPage() {
  if (!mailboxIsOpen()) notFound()
  const t = await getTranslations('mailbox')
  const mails = await listMailbox()
  const older = mails.slice(seenAtOnce)
  return (
    <SitePage locale={(await getLocale()) as Locale}>
      <Shell>
        <WindowTitle>{t('title')}</WindowTitle>
        <h1>{t('title')}</h1>
        <p>{mails.length > 0 ? t('intro') : t('empty')}</p>
        {mails.length > 0 && <Mails mails={mails.slice(0, seenAtOnce)} open={mails[0]} />}
        {older.length > 0 && (
          <Panel heading={t('older', { count: older.length })}>
            <Mails mails={older} />
          </Panel>
        )}
      </Shell>
    </SitePage>
  )
}

function Mails({ mails, open }: { mails: MailboxMail[]; open?: MailboxMail | undefined }) {
  return (
    <MailRows>
      {mails.map((mail) => (
        <li key={mail.id}>
          <Mail mail={mail} open={mail === open} />
        </li>
      ))}
    </MailRows>
  )
}
