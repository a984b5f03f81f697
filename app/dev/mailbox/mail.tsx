import { getFormatter, getTranslations } from 'next-intl/server'
import { MailRow, MailText } from '@/app/components/mail-row'
import type { MailboxMail } from '@/lib/mail/mailbox'
import { shownEmail } from '@/lib/shown-email'

export async function Mail({ mail, open }: { mail: MailboxMail; open: boolean }) {
  const t = await getTranslations('mailbox')
  const format = await getFormatter()
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const sentAt = format.dateTime(new Date(mail.sentAt), { dateStyle: 'medium', timeStyle: 'medium', timeZone })
  const facts = (
    <>
      <bdi dir="ltr">{shownEmail(mail.to)}</bdi> <time dateTime={mail.sentAt}>{sentAt}</time>
    </>
  )
  return (
    <MailRow subject={mail.subject} facts={facts} open={open}>
      <p>
        <a href={`/dev/mailbox/${mail.id}`}>{t('asSent')}</a>
      </p>
      <MailText>{mail.text.split(/(https?:\/\/\S+)/).map(asLink)}</MailText>
    </MailRow>
  )
}

/** Splitting by a captured link leaves the links at the odd places. */
function asLink(part: string, index: number) {
  if (index % 2 === 0) return part
  return (
    <a key={`${index} ${part}`} href={part}>
      {part}
    </a>
  )
}
