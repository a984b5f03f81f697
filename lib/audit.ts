import type { Db } from '@/lib/db/client'
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
  const { accountId = null, via = null, operator } = detail
  const subject = detail.subject === undefined ? null : pseudonym(detail.subject)
  const network = detail.network === undefined ? null : pseudonym(detail.network)
  await client.$executeRaw`
    INSERT INTO "Event" ("name", "via", "accountId", "address", "operator", "reason", "request")
    VALUES (${name}, ${via}, ${accountId}::uuid, ${network}, ${operator?.name ?? null}, ${operator?.reason ?? null}, ${currentRequest()})`
  logEvent(name, { via, account: accountId, subject, network, ...(operator && { operator: operator.name }) })
}
