import { identityFields } from '@/lib/accounts/identity'
import { findAccount } from '@/lib/accounts/operators/find-account'
import { listSessions } from '@/lib/accounts/sessions'
import { type Operator, recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { fail, ok } from '@/lib/result'

const lastMails = 10

/** Fields that say who somebody is: shown when asked for. */
const personalFields = { ...identityFields, username: true } as const

/**
 * How things are with an account, and with `reveal` whose it is. `blockedUntil`: an instant, or `infinity`. The look is
 * recorded before anything is read.
 */
export async function showAccount(identifier: string, operator: Operator, { reveal = false } = {}) {
  const found = await findAccount(identifier)
  if (!found.ok) return found
  const accountId = found.value
  const client = await db()
  await recordEvent(client, 'sensitive_read', { accountId, operator, via: reveal ? 'reveal_account' : 'show_account' })
  const account = await client.account.findUnique({ where: { id: accountId }, select: accountFields })
  const [blocked] = await client.$queryRaw<{ until: string | null }[]>`
    SELECT CASE WHEN "disputedUntil" = 'infinity' THEN 'infinity'
      ELSE to_char("disputedUntil" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END AS "until"
    FROM "Credential" WHERE "accountId" = ${accountId}::uuid AND "disputedUntil" > now()`
  if (!account) return fail('unknown_account')
  const { credential, mails, ...details } = { ...account, mails: await mailsOf(accountId) }
  return ok({
    ...details,
    passwordChangedAt: credential?.changedAt ?? null,
    blockedUntil: blocked?.until ?? null,
    sessions: (await listSessions(accountId, null)).map(({ isThisOne: _, ...session }) => session),
    mails,
    ...(reveal && { person: await client.account.findUnique({ where: { id: accountId }, select: personalFields }) }),
  })
}

async function mailsOf(accountId: string) {
  const client = await db()
  return client.mail.findMany({
    where: { accountId },
    orderBy: { createdAt: 'desc' },
    take: lastMails,
    select: { id: true, kind: true, template: true, state: true, delivery: true, createdAt: true, finishedAt: true },
  })
}

const accountFields = {
  id: true,
  locale: true,
  createdAt: true,
  verifiedAt: true,
  closesAt: true,
  credential: { select: { changedAt: true } },
} as const
