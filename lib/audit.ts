import type { Transaction } from '@/lib/db/client'
import { pseudonym } from '@/lib/keys'
import { logEvent } from '@/lib/log'

/** Names from the OWASP Logging Vocabulary, and `authn_login_fail_surge`, which has no name there. */
export type AuditEvent =
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

export type AuditDetail = { accountId?: string | null; subject?: string; address?: string; via?: string }

/** Records an event with what it records, in the same transaction, and logs it. Identifiers and addresses are kept as keyed digests. */
export async function recordEvent(tx: Transaction, name: AuditEvent, detail: AuditDetail = {}): Promise<void> {
  const { accountId = null, via = null } = detail
  const subject = detail.subject === undefined ? null : pseudonym(detail.subject)
  const address = detail.address === undefined ? null : pseudonym(detail.address)
  await tx.$executeRaw`
    INSERT INTO "Event" ("name", "via", "accountId", "subject", "address") VALUES (${name}, ${via}, ${accountId}::uuid, ${subject}, ${address})`
  logEvent(name, { via, account: accountId, subject, address })
}
