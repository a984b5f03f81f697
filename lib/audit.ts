import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { currentRequest, logEvent } from '@/lib/log'
import { pseudonym } from '@/lib/secrets'

/** Names from the OWASP Logging Vocabulary, and `authn_login_fail_surge`, which has no name there. */
export type AuditEvent =
  | 'authz_admin'
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'authn_login_fail_max'
  | 'authn_login_fail_surge'
  | 'authn_login_lock'
  | 'authn_password_change'
  | 'authn_password_change_fail'
  | 'authn_token_created'
  | 'authn_token_revoked'
  | 'authn_token_reuse'
  | 'excess_rate_limit_exceeded'
  | 'sensitive_read'
  | 'sequence_fail'
  | 'session_expired'
  | 'user_created'
  | 'user_deleted'
  | 'user_updated'

/** Who acts on the command line, and the ticket that says why. Both are kept as they are. */
export type Operator = { name: string; reason: string | null }

export type AuditDetail = {
  accountId?: string | null
  subject?: string
  network?: string
  via?: string
  operator?: Operator
}

/**
 * Writes an event in the transaction of the change it is about, and logs it. A network is kept as a keyed digest. What was
 * typed as an identifier (`subject`) is logged as one and kept nowhere: of an account stays its id, which can be erased.
 */
export async function recordEvent(client: Db, name: AuditEvent, detail: AuditDetail = {}): Promise<void> {
  await client.$executeRaw(eventInsert(name, detail))
  noteEvent(name, detail)
}

/** The same as a part of a larger statement, to be ended by where it reads from: an event for each row. Afterwards, where it was written, `noteEvent`. */
export function eventInsert(name: AuditEvent, { accountId, via, network, operator }: AuditDetail): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO "Event" ("name", "via", "accountId", "address", "operator", "reason", "request")
    SELECT ${name}, ${via ?? null}, ${accountId ?? null}::uuid, ${digestOf(network)}, ${operator?.name ?? null}, ${operator?.reason ?? null}, ${currentRequest()}`
}

/** Logs an event that was written. */
export function noteEvent(name: AuditEvent, { accountId, via, subject, network, operator }: AuditDetail): void {
  const who = { via: via ?? null, account: accountId ?? null, subject: digestOf(subject), network: digestOf(network) }
  logEvent(name, { ...who, ...(operator && { operator: operator.name }) })
}

function digestOf(value: string | undefined): string | null {
  return value === undefined ? null : pseudonym(value)
}
