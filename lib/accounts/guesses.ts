import { enqueueIntent } from '@/lib/accounts/intents'
import type { Device } from '@/lib/caller'
import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { attempt, type Failures, forgive, secondsLeft, type Tried, takeBack } from '@/lib/failures'
import type { Locale } from '@/lib/i18n/locales'
import { guesses, guessesInARow } from '@/lib/limits'
import { pseudonym } from '@/lib/secrets'

/** How a password comes: from an unknown browser, from one that signed in before, from somebody signed in. */
type Way = keyof typeof guesses

/** Whose password is guessed at: an account, or an identifier that has none. */
type Guessed = { accountId: string } | { nobody: string }

/** A guess that is counted as wrong until it is known to be right. */
export type Guess = Tried & { inARow: number; isLastOfDay: boolean; isLastInARow: boolean }

/** Whose password it is, or made up for nobody. */
export type Owner = { accountId: string; version: number; locale: Locale }

const rowAction = 'log_in_row'

/**
 * Counts a password as wrong before it is looked at, in the one budget of the account, whichever identifier was typed.
 * Null: it must not be looked at. A known browser whose budget is used up is like an unknown one, if `mayBeUnknown`. Parallel guesses never
 * share a count. Afterwards `takeBack` when it was right or not looked at; `isAnew` when it signed somebody in.
 */
export async function countGuess(client: Db, whose: Guessed, way: Way, mayBeUnknown = true): Promise<Guess | null> {
  const counted = await attempt(client, { action: way, ...budgetOf(whose) }, guesses[way])
  return judgeGuess(client, whose, way, counted, mayBeUnknown)
}

/**
 * In SQL, the step `tried` of a statement that counts a guess of a sign-in by `countFailure`: that of the account of the only row of
 * `found`, or of nobody where its `accountId` is null, from a browser that `isKnown` or not. None where not `isDue`.
 */
export function guessToCount(nobody: string, isKnown: Prisma.Sql, found: Prisma.Sql, isDue: Prisma.Sql): Prisma.Sql {
  const { accountSeconds, nobodySeconds } = guessesInARow
  const ways = (['log_in', 'log_in_known'] as const).map((way) => {
    const { freeFailures, maxWaitSeconds, maxFailuresPerDay } = guesses[way]
    return Prisma.sql`(${way}, ${freeFailures}::int, ${maxWaitSeconds}::int, ${maxFailuresPerDay}::int)`
  })
  return Prisma.sql`
    tried AS (
      SELECT "way" || ':' || "who" AS "key", "free", "maxWaitSeconds", "max",
        ${rowAction} || ':' || "who" AS "rowKey",
        CASE WHEN "accountId" IS NULL THEN ${nobodySeconds}::int ELSE ${accountSeconds}::int END AS "rowSeconds"
      FROM ${found}, LATERAL (SELECT coalesce("accountId"::text, ${subjectOf({ nobody })}) AS "who") AS whose,
        (VALUES ${Prisma.join(ways)}) AS ways ("way", "free", "maxWaitSeconds", "max")
      WHERE "way" = CASE WHEN ${isKnown} THEN 'log_in_known' ELSE 'log_in' END AND ${isDue}
    )`
}

/** What `countGuess` returns, once a statement has counted what its step `tried` says: null where the budget had no room. */
export async function judgeGuess(
  client: Db,
  whose: Guessed,
  way: Way,
  counted: Failures | null,
  mayBeUnknown: boolean,
): Promise<Guess | null> {
  if (counted === null) return way === 'log_in_known' && mayBeUnknown ? countGuess(client, whose, 'log_in') : null
  const { failures, inARow } = counted
  const tried = { action: way, ...budgetOf(whose) }
  if (way === 'log_in' && inARow > guessesInARow.max) {
    // Not looked at, so it is none in the row.
    await takeBack(client, tried)
    return null
  }
  return {
    ...tried,
    inARow,
    isLastOfDay: failures === guesses[way].maxFailuresPerDay,
    isLastInARow: inARow === guessesInARow.max,
  }
}

/**
 * Has the owner told, in the account's language, when a guess that was wrong is the one that ends sign-ins from unknown
 * browsers. The same work where there is no account.
 */
export async function tellIfBlocked(
  client: Db,
  { isLastInARow }: Guess,
  { accountId, version, locale }: Owner,
  device: Device,
): Promise<void> {
  if (!isLastInARow) return
  await enqueueIntent(client, locale, { kind: 'log_in_blocked', accountId, credentialVersion: version, device })
}

/**
 * Takes back a guess that was right, or not looked at. Had it the hundredth place and others came after it, one of them is the
 * hundredth now, and the owner is told.
 */
export async function takeBackGuess(client: Db, guess: Guess, owner: Owner, device: Device): Promise<void> {
  const left = await takeBack(client, guess)
  if (left >= guessesInARow.max) await tellIfBlocked(client, guess, owner, device)
}

/** In how many seconds an account whose guesses of a day are used up has others. */
export function guessWait(client: Db, accountId: string, way: Way): Promise<number> {
  return secondsLeft(client, way, accountId)
}

/** Forgets every guess at the password of an account, which is no more. */
export async function forgetGuesses(client: Db, accountId: string): Promise<void> {
  await forgive(client, Object.keys(guesses), accountId)
  // Last, as it is counted last: otherwise this and a guess could wait for each other.
  await forgive(client, [rowAction], accountId)
}

function budgetOf(whose: Guessed): Pick<Tried, 'subject' | 'row'> {
  const { max, accountSeconds, nobodySeconds } = guessesInARow
  const seconds = 'accountId' in whose ? accountSeconds : nobodySeconds
  return { subject: subjectOf(whose), row: { action: rowAction, max, seconds } }
}

/** An account is counted by its id, which a statement finds by itself; what was typed where there is none by a digest. */
function subjectOf(whose: Guessed): string {
  return 'accountId' in whose ? whose.accountId : pseudonym(`nobody:${whose.nobody}`)
}
