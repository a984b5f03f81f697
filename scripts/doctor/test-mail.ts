import { randomUUID } from 'node:crypto'
import { type Operator, recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { sendMail } from '@/lib/mail/send'
import { inWords } from '@/scripts/commands/in-words'
import { type Finding, fault, type Verdict, well } from '@/scripts/doctor/check'

/**
 * Sends a mail as people get it, the one that says that an account exists, and says what the provider made of it: how it
 * looks and where it lands goes by what it says. To whom is kept nowhere. Never throws.
 */
export async function sendTestMail(to: string, operator: Operator): Promise<Finding> {
  const verdict = await send(to, operator).catch((error: unknown) => fault(inWords(error).message, 'Mend that first.'))
  return { check: 'test mail', ...verdict }
}

async function send(to: string, operator: Operator): Promise<Verdict> {
  const page = (path: string) => `${env().appUrl}/en/${path}`
  // Ahead of it, and not in its way: it also serves when the database is down.
  await db()
    .then((client) => recordEvent(client, 'authz_admin', { operator, via: 'test_mail' }))
    .catch(() => {})
  const id = randomUUID()
  const sent = await sendMail({
    template: 'account_exists',
    id,
    to,
    locale: 'en',
    timeZone: 'UTC',
    asked: { at: new Date().toISOString(), device: { browser: null, system: null } },
    signInLink: page('login'),
    resetLink: page('forgot-password'),
  })
  if (sent.outcome === 'sent')
    return well(
      `the provider has taken “you have an account” with the reference ${id.slice(0, 8)}, as ${sent.providerId}`,
    )
  const reason = 'reason' in sent ? `: ${sent.reason}` : ''
  return fault(`${sent.outcome}${reason}`, 'See mail provider and mail domain above.')
}
