import { intentSchema } from '@/lib/accounts/intents'
import { transaction } from '@/lib/db/client'
import { defaultLocale, isLocale, type Locale } from '@/lib/i18n/locales'
import { logEvent } from '@/lib/log'
import { beginEdition } from '@/lib/mail/attempts'
import { type DecidedMail, decidedMailSchema } from '@/lib/mail/decided-mail'
import { dropMail, keepDecided, keepUndecided, type LeasedMail, type MailClass } from '@/lib/mail/outbox'
import { mailPolicy } from '@/lib/policy'
import { decideMail } from '@/lib/worker/decide-mail'
import { classOf } from '@/lib/worker/mail-class'
import { renewLink } from '@/lib/worker/renew-link'
import { hasTooLittleLife } from '@/lib/worker/usefulness'

/** A decided mail and its language, or why there is none; its class and its row where these have changed. */
export type Read = {
  mail: (DecidedMail & { locale: string }) | null | 'malformed'
  mailClass?: MailClass
  row?: LeasedMail
}

/** The mail of a row, decided now if nobody has decided it yet; null when nobody is to get one, or not yet, and `malformed` when this release cannot read it. */
export async function readMail(row: LeasedMail): Promise<Read> {
  return row.template === null ? decide(row) : readDecided(row)
}

async function decide(row: LeasedMail): Promise<Read> {
  const intent = intentSchema.safeParse({ ...Object(row.data), kind: row.kind })
  if (!intent.success) return { mail: 'malformed' }
  const read = await transaction(async (tx): Promise<Read> => {
    const decision = await decideMail(tx, intent.data.kind, intent.data, knownLocale(row.locale), row.createdAt)
    if (decision && 'waitSeconds' in decision) {
      const isKept = await keepUndecided(tx, row.id, { mailClass: row.class, ...decision })
      if (isKept || (await dropMail(tx, row.id))) return { mail: null }
    } else if (decision) {
      const mailClass = await classOf(tx, decision, row.class)
      if (await keepDecided(tx, row.id, decision, mailClass)) return { mail: decision, mailClass }
    } else if (await dropMail(tx, row.id)) return { mail: null }
    throw new Error('a mail was decided twice')
  })
  if (read.mail !== null && read.mail !== 'malformed')
    logEvent('mail_decided', { mail: row.id, kind: row.kind, template: read.mail.template })
  const isLate = row.leasedAt.getTime() - row.createdAt.getTime() > mailPolicy.lateSeconds * 1_000
  if (!isLate || read.mail === null || read.mail === 'malformed') return read
  const { locale } = read.mail
  return { ...read, mail: { ...(await renewLink(row.id, decidedMailSchema.parse(read.mail))), locale } }
}

/** One that nobody can have yet gets a link with its whole life, however long it waited; so does one whose link is over. */
async function readDecided(leased: LeasedMail): Promise<Read> {
  const { id, template, sentTo, locale, data } = leased
  const mail = decidedMailSchema.safeParse({ ...Object(data), template, sentTo }).data
  if (!mail) return { mail: 'malformed' }
  const isOver = leased.message !== null && hasTooLittleLife(mail, leased.leasedAt)
  const row = isOver ? await beginEdition(leased) : leased
  return { mail: { ...(row.message === null ? await renewLink(id, mail) : mail), locale }, row }
}

/** The language of a row, or the first one where another release knew more. */
export function knownLocale(locale: string): Locale {
  return isLocale(locale) ? locale : defaultLocale
}
