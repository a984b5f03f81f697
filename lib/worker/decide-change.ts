import { lockAccount, lockAccountAt } from '@/lib/accounts/credentials'
import { isDisputed } from '@/lib/accounts/dispute'
import type { IntentOf } from '@/lib/accounts/intents'
import { endTokens, isLive } from '@/lib/accounts/tokens'
import type { Transaction } from '@/lib/db/client'
import { limits } from '@/lib/limits'
import type { Asked } from '@/lib/mail/letter'
import { consume } from '@/lib/rate-limit'
import { about, type Decision, type Decisions, getAccount, newToken, noticeTo } from '@/lib/worker/decision'

export const changeDecisions = {
  address_change: decideAddressChange,
  account_secured: decideSecured,
  password_changed: decideNotice,
  address_changed: decideNotice,
  account_disputed: decideNotice,
  details_changed: decideDetailsNotice,
  account_closing: decideClosing,
  log_in_blocked: decideBlocked,
  new_browser: decideNewBrowser,
} satisfies Partial<Decisions>

/** A link for the new e-mail, or a notice to whoever has it. Null when the password changed after the request. */
async function decideAddressChange(
  tx: Transaction,
  { accountId, credentialVersion, email }: IntentOf<'address_change'>,
  asked: Asked,
): Promise<Decision | null> {
  if (!(await lockAccountAt(tx, accountId, credentialVersion))) return null
  // Whoever has the new e-mail: otherwise an earlier link would tell.
  await endTokens(tx, 'address_change', { accountId }, 'replaced', { keptFor: email.address })
  const holder = await tx.account.findUnique({ where: { emailKey: email.key } })
  if (holder && holder.id !== accountId) return { template: 'account_exists', ...about(holder, asked) }
  const account = { ...(await getAccount(tx, accountId)), email: email.address }
  return {
    template: 'new_email',
    ...about(account, asked),
    token: await newToken(tx, 'address_change', { accountId }, email.address),
  }
}

/** The link by which whoever said "this was not me" makes a new password. Null while the account is blocked. */
async function decideSecured(
  tx: Transaction,
  { accountId }: IntentOf<'account_secured'>,
  asked: Asked,
): Promise<Decision | null> {
  await lockAccount(tx, accountId)
  if (await isDisputed(tx, accountId)) return null
  const account = await getAccount(tx, accountId)
  const token = await newToken(tx, 'password_reset', { accountId }, account.email)
  return { template: 'account_secured', ...(await noticeTo(tx, account, asked)), token }
}

/** What was done, told at the e-mail which the account had until then. */
async function decideNotice(
  tx: Transaction,
  { kind, accountId, sentTo, token }: IntentOf<'password_changed' | 'address_changed' | 'account_disputed'>,
  asked: Asked,
): Promise<Decision> {
  return { template: kind, ...(await noticeTo(tx, await getAccount(tx, accountId), asked)), sentTo, token }
}

/** The same, with what of the details was changed, but neither how it was nor how it is. */
async function decideDetailsNotice(
  tx: Transaction,
  { kind, accountId, sentTo, token, changed }: IntentOf<'details_changed'>,
  asked: Asked,
): Promise<Decision> {
  return { template: kind, ...(await noticeTo(tx, await getAccount(tx, accountId), asked)), sentTo, token, changed }
}

/** When an account will be closed; null when it was kept meanwhile. */
async function decideClosing(
  tx: Transaction,
  { accountId }: IntentOf<'account_closing'>,
  asked: Asked,
): Promise<Decision | null> {
  const account = await getAccount(tx, accountId)
  if (!account.closesAt) return null
  const notice = await noticeTo(tx, account, asked)
  return { template: 'account_closing', ...notice, closesAt: account.closesAt.toISOString() }
}

/** That sign-ins from unknown browsers have ended; null when the password changed since, and where there is no account. */
async function decideBlocked(
  tx: Transaction,
  { accountId, credentialVersion }: IntentOf<'log_in_blocked'>,
  asked: Asked,
): Promise<Decision | null> {
  if (!(await lockAccountAt(tx, accountId, credentialVersion))) return null
  const account = await getAccount(tx, accountId)
  if (!(await consume(tx, 'log_in_blocked_mail', accountId, limits.log_in_blocked_mail))) return null
  return { template: 'log_in_blocked', ...(await noticeTo(tx, account, asked)) }
}

/**
 * That an unknown browser signed in, with the link that undoes it and what followed. Null when the password has changed since
 * and no link of that change serves any more: somebody has seen to it.
 */
async function decideNewBrowser(
  tx: Transaction,
  { accountId, credentialVersion, sentTo }: IntentOf<'new_browser'>,
  asked: Asked,
): Promise<Decision | null> {
  await lockAccount(tx, accountId)
  const hash = await findAsked(tx, accountId, credentialVersion, sentTo)
  if (hash === null) return null
  if (!(await consume(tx, 'new_browser_mails', accountId, limits.new_browser_mails))) return null
  const notice = await noticeTo(tx, await getAccount(tx, accountId), asked)
  const token = await newToken(tx, 'not_me', { accountId }, sentTo, { hash, isNewest: false, at: asked.at })
  return { template: 'new_browser', ...notice, sentTo, token }
}

/** The password that undoes a sign-in: the one that it was given, or what the first change since then asks for. */
async function findAsked(tx: Transaction, accountId: string, version: number, sentTo: string): Promise<string | null> {
  const [asked] = await tx.$queryRaw<{ hash: string | null }[]>`
    SELECT CASE WHEN c."version" = ${version}::int THEN c."passwordHash" ELSE (
      SELECT "passwordHash" FROM "Token"
      WHERE "accountId" = c."accountId" AND "purpose" = 'not_me' AND "sentTo" = ${sentTo} AND ${isLive}
      ORDER BY "createdAt" LIMIT 1) END AS "hash"
    FROM "Credential" c WHERE c."accountId" = ${accountId}::uuid`
  return asked?.hash ?? null
}
