import type { Draft, Drafter } from '@/lib/accounts/drafts'
import type { Account } from '@/lib/db/generated/client'

/** The mail that says when an account will be closed; null when it was kept meanwhile. */
export function decideClosing(account: Account, draft: Drafter): Draft | null {
  if (!account.closesAt) return null
  const { data, ...rest } = draft('account_closing', account)
  return { ...rest, data: { ...data, closesAt: account.closesAt.toISOString() } }
}
