import { allow } from '@/lib/accounts/allow'
import { identityFields } from '@/lib/accounts/identity'
import { recordEvent } from '@/lib/audit'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { exportPolicy } from '@/lib/policy'
import { ok, type Result } from '@/lib/result'

/**
 * All that is kept of an account and may leave it, as the text of one JSON object in pieces of bounded size: no password,
 * no digest of one, of a token or of a network, and nothing of what was mailed to an e-mail that was not yet the
 * account's, for that would tell whose it is. Each piece is read when it is asked for, by a statement of its own, and
 * nothing that was added meanwhile is in it. Limited per account, and recorded.
 */
export async function exportAccount(
  accountId: string,
  { network }: Caller,
): Promise<Result<AsyncGenerator<string>, 'too_many_requests'>> {
  const client = await db()
  const allowed = await allow(client, 'export', accountId, { accountId, network })
  if (!allowed.ok) return allowed
  await recordEvent(client, 'sensitive_read', { accountId, network, via: 'export' })
  return ok(textOf(accountId))
}

async function* textOf(accountId: string): AsyncGenerator<string> {
  const client = await db()
  const [{ begun }] = await client.$queryRaw<[{ begun: string }]>`SELECT now()::text AS "begun"`
  const account = await client.account.findUniqueOrThrow({ where: { id: accountId }, select: accountFields })
  const { credential, ...details } = account
  yield `{\n"account": ${JSON.stringify({ ...details, passwordChangedAt: credential?.changedAt ?? null }, null, 2)}`
  for (const [name, rows] of Object.entries(lists)) {
    yield `,\n"${name}": [`
    let separator = '\n'
    for await (const page of pagesOf(rows, accountId, begun)) {
      yield separator + page.map((row) => JSON.stringify(row)).join(',\n')
      separator = ',\n'
    }
    yield '\n]'
  }
  yield '\n}\n'
}

type Row = { accountId: string; since: Date; tie: string; place: string }

/** The rows of a list in their order, some hundred at a time. What one transaction wrote has one time, so `tie` orders that. */
async function* pagesOf(rows: Prisma.Sql, accountId: string, begun: string): AsyncGenerator<object[]> {
  const client = await db()
  let [place, tie] = ['-infinity', '']
  for (;;) {
    const page = await client.$queryRaw<Row[]>`
      SELECT *, "since"::text AS "place" FROM (${rows}) AS listed
      WHERE "accountId" = ${accountId}::uuid AND ("since", "tie") > (${place}::timestamptz, ${tie})
        AND "since" <= ${begun}::timestamptz
      ORDER BY "since", "tie" LIMIT ${exportPolicy.pageSize}::int`
    const last = page.at(-1)
    if (!last) return
    yield page.map(({ accountId: _, since: _since, tie: _tie, place: _place, ...shown }) => shown)
    if (page.length < exportPolicy.pageSize) return
    place = last.place
    tie = last.tie
  }
}

const accountFields = {
  ...identityFields,
  username: true,
  locale: true,
  formerLocale: true,
  localeSince: true,
  createdAt: true,
  verifiedAt: true,
  mailReturnedAt: true,
  credential: { select: { changedAt: true } },
} as const

const lists = {
  formerDetails: Prisma.sql`
    SELECT "accountId", "until" AS "since", "id"::text AS "tie",
      "firstName", "lastName", "country", "organizationType"::text, "until" FROM "FormerDetails"`,
  sessions: Prisma.sql`
    SELECT "accountId", "createdAt" AS "since", "id"::text AS "tie", "device", "createdAt", "lastSeenAt", "expiresAt" FROM "Session"`,
  // Only of those that went to its present e-mail: a former one may be somebody else's by now.
  links: Prisma.sql`
    SELECT "accountId", "createdAt" AS "since", "id"::text AS "tie",
      "purpose"::text, "sentTo", "createdAt", "expiresAt", "usedAt", "endedAt", "endReason"::text
    FROM "Token" WHERE "purpose" <> 'address_change'
      AND "sentTo" = (SELECT "email" FROM "Account" WHERE "Account"."id" = "Token"."accountId")`,
  // A notice of a new e-mail went to the former one, which may be somebody else's by now.
  mails: Prisma.sql`
    SELECT "accountId", "createdAt" AS "since", "id"::text AS "tie", "kind", "template", "locale", "state"::text,
      CASE WHEN "template" <> 'address_changed' THEN "delivery" END::text AS "delivery", "createdAt", "finishedAt"
    FROM "Mail" WHERE "template" <> 'new_email'`,
  // Its own downloads would make it longer each time. That an operator looked is told, but not who.
  events: Prisma.sql`
    SELECT "accountId", "at" AS "since", concat("name", ' ', "via", ' ', "id") AS "tie", "name", "via", "at"
    FROM "Event" WHERE ("name" <> 'sensitive_read' OR "via" <> 'export')
      AND coalesce("via", '') NOT IN ('address_change', 'new_email')`,
}
