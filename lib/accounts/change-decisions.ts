import { lockAccount } from '@/lib/accounts/credentials'
import { type Draft, type Drafter, getAccount, newToken } from '@/lib/accounts/drafts'
import type { IntentOf } from '@/lib/accounts/intents'
import { limits } from '@/lib/accounts/policy'
import type { Transaction } from '@/lib/db/client'
import { consume } from '@/lib/rate-limit'

/** A link for the new address, or a word to whoever has it; null when the password has changed since it was asked for. */
export async function decideAddressChange(
  tx: Transaction,
  { accountId, credentialVersion, email }: IntentOf<'address_change'>,
  draft: Drafter,
): Promise<Draft | null> {
  if (!(await consume(tx, 'sign_up_mail', email.key, limits.signUpMailPerEmail))) return null
  await lockAccount(tx, accountId)
  if ((await tx.credential.count({ where: { accountId, version: credentialVersion } })) !== 1) return null
  const holder = await tx.account.findUnique({ where: { emailKey: email.key } })
  if (holder?.verifiedAt && holder.id !== accountId) return draft('account_exists', holder)
  const account = { ...(await getAccount(tx, accountId)), email: email.address }
  return draft('new_email', account, await newToken(tx, 'address_change', account))
}

/** The link by which whoever said "this was not me" makes a new password. */
export async function decideSecured(
  tx: Transaction,
  { accountId }: IntentOf<'account_secured'>,
  draft: Drafter,
): Promise<Draft> {
  await lockAccount(tx, accountId)
  const account = await getAccount(tx, accountId)
  return draft('account_secured', account, await newToken(tx, 'password_reset', account))
}

/** What was changed, told at the address which the account had until then. */
export async function decideNotice(
  tx: Transaction,
  { kind, accountId, sentTo, token }: IntentOf<'password_changed' | 'address_changed'>,
  draft: Drafter,
): Promise<Draft> {
  const { data, ...rest } = draft(kind, await getAccount(tx, accountId))
  return { ...rest, sentTo, data: { ...data, token } }
}
