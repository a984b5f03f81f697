import { enqueueIntent } from '@/lib/accounts/intents'
import type { Device } from '@/lib/caller'
import type { Db } from '@/lib/db/client'
import { attempt, forgive, secondsLeft, type Tried, takeBack } from '@/lib/failures'
import type { Locale } from '@/lib/i18n/locales'
import { guesses, guessesInARow } from '@/lib/limits'

/** How a password comes: from an unknown browser, from one that signed in before, from somebody signed in. */
type Way = keyof typeof guesses

/** Whose password is guessed at: an account, or an identifier that has none. */
type Guessed = { accountId: string } | { nobody: string }

/** A guess that is counted as wrong until it is known to be right. */
type Guess = Tried & { inARow: number; isLastOfDay: boolean; isLastInARow: boolean }

/** Whose password it is, or made up for nobody. */
type Owner = { accountId: string; version: number; locale: Locale }

const rowAction = 'log_in_row'

/**
 * Counts a password as wrong before it is looked at, in the one budget of the account, whichever identifier was typed.
 * Null: it must not be looked at. A known browser whose budget is used up is like an unknown one, if `mayBeUnknown`. Parallel guesses never
 * share a count. Afterwards `takeBack` when it was right or not looked at; `isAnew` when it signed somebody in.
 */
export async function countGuess(client: Db, whose: Guessed, way: Way, mayBeUnknown = true): Promise<Guess | null> {
  const tried = { action: way, ...budgetOf(whose) }
  const counted = await attempt(client, tried, guesses[way])
  if (counted === null) return way === 'log_in_known' && mayBeUnknown ? countGuess(client, whose, 'log_in') : null
  const { failures, inARow } = counted
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
  const row = { action: rowAction, max }
  if ('accountId' in whose) return { subject: whose.accountId, row: { ...row, seconds: accountSeconds } }
  return { subject: `nobody:${whose.nobody}`, row: { ...row, seconds: nobodySeconds } }
}
