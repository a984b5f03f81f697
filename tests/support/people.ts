import { randomBytes, randomInt } from 'node:crypto'
import type { Caller } from '@/lib/accounts/caller'
import { type IdentityClaim, resetRequestSchema, signUpSchema } from '@/lib/accounts/input'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { signUp } from '@/lib/accounts/sign-up'
import { redeemVerification } from '@/lib/accounts/verification'
import { db } from '@/lib/db/client'
import type { Account } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { listMailbox, type MailboxMail } from '@/lib/mail/mailbox'
import type { Person } from '@/tests/support/person'

/** A caller at an address of its own, so that tests do not share limits. */
export function newCaller(): Caller {
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}-${randomBytes(4).toString('hex')}`
  return { address, device: { browser: 'Firefox', system: 'Linux' } }
}

export async function signUpAs(person: Person, locale: Locale = 'fr'): Promise<void> {
  const result = await signUp(signUpSchema.parse(person), newCaller(), locale)
  if (!result.ok) throw new Error(`sign-up refused: ${result.code}`)
  await deliverDueMail()
}

/** Signs up and confirms by the mailed link. */
export async function join(person: Person, locale: Locale = 'fr'): Promise<Person> {
  await signUpAs(person, locale)
  const result = await redeemVerification(await mailedToken(person, 'verify-email'), newCaller())
  if (!result.ok) throw new Error('the confirmation link did not serve')
  return person
}

/** The row of somebody's account. */
export async function accountOf({ email }: Person): Promise<Account> {
  return (await db()).account.findUniqueOrThrow({ where: { emailKey: email } })
}

export function claimOf(person: Person, changes: Partial<Person> = {}): IdentityClaim {
  return resetRequestSchema.parse({ ...person, ...changes })
}

export async function askForReset(person: Person, changes: Partial<Person> = {}, locale: Locale = 'fr'): Promise<void> {
  const result = await requestPasswordReset(claimOf(person, changes), newCaller(), locale)
  if (!result.ok) throw new Error(`request refused: ${result.code}`)
  await deliverDueMail()
}

export async function mailsTo(person: Person): Promise<MailboxMail[]> {
  return (await listMailbox()).filter((mail) => mail.to === person.email)
}

type MailedPage = 'verify-email' | 'reset-password' | 'new-email' | 'not-me'

/** The token of the newest mailed link to a page, read out of the mail as a person would. */
export async function mailedToken(person: Person, page: MailedPage): Promise<string> {
  const links = (await mailsTo(person)).map((mail) => new RegExp(`/${page}/([\\w-]{43})`).exec(mail.text)?.[1])
  const token = links.find((link) => link !== undefined)
  if (token === undefined) throw new Error(`no mailed link to ${page}`)
  return token
}
