import { countingAllowed } from '@/lib/accounts/allow'
import { type Guess, guessToCount } from '@/lib/accounts/guesses'
import type { Mark } from '@/lib/accounts/mark'
import { isUnblocked, startingSession } from '@/lib/accounts/sessions'
import { type AuditDetail, type AuditEvent, eventInsert, noteEvent } from '@/lib/audit'
import type { Device } from '@/lib/caller'
import { ask } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { countFailure, type Failures, failuresCounted, takenBack } from '@/lib/failures'
import type { Locale } from '@/lib/i18n/locales'
import { markPolicy } from '@/lib/policy'
import { type Counting, settled, type TargetVerdict, type Use } from '@/lib/targets'

/** The account of an identifier, and which of the browser's marks is of its present password. */
export type Found = {
  accountId: string
  email: string
  locale: Locale
  passwordHash: string
  version: number
  isJustMade: boolean
  isBlocked: boolean
  place: number | null
}

type Row = (Found | { accountId: null }) & { verdicts: TargetVerdict[] } & (Failures | { failures: null })

/**
 * The first statement of a sign-in, ahead of the look at the password: counts what the network does about the identifier, finds
 * its account, and counts the guess at it. A refused use counts a guess from a known browser alone.
 */
export async function countLogIn(
  identifierKey: string,
  network: string,
  marks: Mark[],
): Promise<Counting & { found: Found | null; counted: Failures | null }> {
  const use = countingAllowed('log_in', identifierKey, network)
  const isKnown = Prisma.sql`"place" IS NOT NULL`
  const isDue = Prisma.sql`("isAllowed" OR ${isKnown} AND NOT "isContended")`
  const [row] = await ask<Row>(Prisma.sql`
    WITH ${use.steps},
    verdict AS (${use.verdicts}),
    judged AS (
      SELECT bool_and("open") AS "isAllowed", bool_or(NOT "open" AND "isContended") AS "isContended", json_agg(verdict) AS "verdicts"
      FROM verdict
    ),
    found AS (${accountBy(identifierKey, marks)}),
    ${guessToCount(identifierKey, isKnown, Prisma.sql`found, judged`, isDue)},
    ${countFailure}
    SELECT found.*, "verdicts", counted.* FROM judged, found LEFT JOIN ${failuresCounted} ON true`)
  if (!row) throw new Error('a sign-in was not counted')
  return {
    ...use.read(row.verdicts),
    found: row.accountId === null ? null : row,
    counted: row.failures === null ? null : row,
  }
}

/** A row for nobody too, and the marks are looked at for nobody too, so that reading takes the same time. */
function accountBy(key: string, marks: Mark[]): Prisma.Sql {
  const [emailKey, usernameKey] = key.includes('@') ? [key, null] : [null, key]
  const known = marks.map(({ accountId, version }, place) => ({ place, accountId, version }))
  return Prisma.sql`
    SELECT account.*, mark."place" FROM (SELECT) AS always LEFT JOIN (
      SELECT a."id" AS "accountId", a."email", a."locale", c."passwordHash", c."version",
        c."changedAt" > now() - ${markPolicy.madeSeconds}::int * interval '1 second' AS "isJustMade",
        NOT ${isUnblocked} AS "isBlocked"
      FROM "Account" a JOIN "Credential" c ON c."accountId" = a."id"
      WHERE a."emailKey" = ${emailKey} OR a."usernameKey" = ${usernameKey}
    ) AS account ON true LEFT JOIN LATERAL (
      SELECT "place" FROM jsonb_to_recordset(${JSON.stringify(known)}::jsonb) AS known ("place" int, "accountId" uuid, "version" int)
      WHERE known."accountId" = account."accountId" AND known."version" = account."version" ORDER BY "place" LIMIT 1
    ) AS mark ON true`
}

/** The last statement of a sign-in that fails: what was counted stays counted, and is recorded. */
export async function failLogIn(use: Use | null, event: AuditEvent, detail: AuditDetail): Promise<void> {
  const steps = use && settled(use, 'counts')
  await ask(Prisma.sql`${steps ? Prisma.sql`WITH ${steps}` : Prisma.empty} ${eventInsert(event, detail)}`)
  noteEvent(event, detail)
}

type Passing = {
  use: Use | null
  guess: Guess
  device: Device
  former: string | null
  locale: Locale
  notice: Prisma.Sql | null
}

/**
 * The last statement of a sign-in with the right password: begins the session as `startSession` does and returns its token, takes
 * back what was counted, and records it. Null, and nothing done, when the credential is no longer the version that was
 * verified, or while the account is blocked.
 */
export async function passLogIn(
  { accountId, version }: Found,
  { use, guess, device, ...how }: Passing,
  detail: AuditDetail,
): Promise<string | null> {
  const { token, steps } = startingSession(accountId, version, device, how)
  // After the account, and each in the order in which it was counted: otherwise this and another statement could wait for each other.
  const isStarted = Prisma.sql`EXISTS (SELECT FROM started) AND (SELECT count(*) FROM spoken) >= 0`
  const settling = use && settled(use, 'right', isStarted)
  const isDue = settling ? Prisma.sql`${isStarted} AND (SELECT count(*) FROM settled) >= 0` : isStarted
  const started = await ask(Prisma.sql`
    WITH ${steps}${settling ? Prisma.sql`, ${settling}` : Prisma.empty}, ${takenBack(guess, { isAnew: true }, isDue)},
    recorded AS (${eventInsert('authn_login_success', detail)} FROM started)
    SELECT 1 FROM started`)
  if (started.length === 0) return null
  noteEvent('authn_login_success', detail)
  return token
}
