import { readCookie, setCookie } from '@/lib/http/cookies'
import { referenceOf } from '@/lib/mail/reference'

const lifetimeSeconds = 600

/** Keeps the reference of the mail that was just asked for, for the page that says so. Only in actions. */
export async function keepMailReference(mailId: string): Promise<void> {
  await setCookie('mail', referenceOf(mailId), lifetimeSeconds)
}

/** The reference of the mail that this browser asked for last; null when that is ten minutes ago, or was never. */
export async function lastMailReference(): Promise<string | null> {
  const kept = await readCookie('mail')
  return kept !== null && /^[\da-f]{8}$/.test(kept) ? kept : null
}
