import { randomBytes, randomInt } from 'node:crypto'
import { type IdentityClaim, resendConfirmationSchema, resetRequestSchema, signUpSchema } from '@/lib/accounts/input'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { endSession } from '@/lib/accounts/sessions'
import { signUp } from '@/lib/accounts/sign-up'
import { redeemVerification, requestVerification } from '@/lib/accounts/verification'
import type { Caller } from '@/lib/caller'
import { db, transaction } from '@/lib/db/client'
import type { Account } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { listMailbox, type MailboxMail } from '@/lib/mail/mailbox'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { newPerson, type Person } from '@/tests/support/person'

/** A caller at an address of its own, so that tests do not share limits. */
export function newCaller(): Caller {
  const network = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}-${randomBytes(4).toString('hex')}`
  return { network, device: { browser: 'Firefox', system: 'Linux' } }
}

/** Signs up, and leaves the mail to whoever delivers. */
export async function askToJoinAs(person = newPerson(), locale: Locale = 'fr', caller = newCaller()): Promise<Person> {
  const result = await signUp(signUpSchema.parse(person), caller, locale)
  if (!result.ok) throw new Error(`sign-up refused: ${result.code}`)
  return person
}

/** Signs up, which leaves a pending sign-up. */
export async function signUpAs(person = newPerson(), locale: Locale = 'fr'): Promise<Person> {
  await askToJoinAs(person, locale)
  await deliverDueMail()
  return person
}

/** Signs up and confirms by the mailed link. */
export async function joinAs(person = newPerson(), locale: Locale = 'fr'): Promise<Person> {
  await signUpAs(person, locale)
  await confirmAs(person)
  return person
}

/** Confirms by the mailed link, and signs out of the browser that did. */
export async function confirmAs(person: Person): Promise<void> {
  const token = await mailedToken(person, 'verify-email')
  const result = await redeemVerification(token, person.password, newCaller())
  if (!result.ok) throw new Error('the confirmation link did not serve')
  await transaction((tx) => endSession(tx, result.value.session))
}

/** Asks for the confirmation to be mailed again. */
export async function askForConfirmationAs({ email }: Person, caller = newCaller()): Promise<void> {
  const result = await requestVerification(resendConfirmationSchema.parse({ email }), caller, 'fr')
  if (!result.ok) throw new Error(`request refused: ${result.code}`)
  await deliverDueMail()
}

/** The row of somebody's account. */
export async function accountOf({ email }: Person): Promise<Account> {
  return (await db()).account.findUniqueOrThrow({ where: { emailKey: email.toLowerCase() } })
}

export function claimOf(person: Person, changes: Partial<Person> = {}): IdentityClaim {
  return resetRequestSchema.parse({ ...person, ...changes })
}

/** Asks for a reset link, and leaves the mail to whoever delivers. */
export async function askForLinkAs(person: Person, changes: Partial<Person> = {}, locale: Locale = 'fr') {
  const result = await requestPasswordReset(claimOf(person, changes), newCaller(), locale)
  if (!result.ok) throw new Error(`request refused: ${result.code}`)
}

export async function askForResetAs(
  person: Person,
  changes: Partial<Person> = {},
  locale: Locale = 'fr',
): Promise<void> {
  await askForLinkAs(person, changes, locale)
  await deliverDueMail()
}

/** The mails to somebody, the newest first. */
export async function mailboxOf({ email }: Pick<Person, 'email'>): Promise<MailboxMail[]> {
  return (await listMailbox()).filter((mail) => mail.to === email)
}

type MailedPage = 'verify-email' | 'reset-password' | 'new-email' | 'not-me'

/** The token of the newest mailed link to a page, read out of the mail as a person would. */
export async function mailedToken(person: Pick<Person, 'email'>, page: MailedPage): Promise<string> {
  const [token] = await mailedTokens(person, page)
  if (token === undefined) throw new Error(`no mailed link to ${page}`)
  return token
}

/** The tokens of all that were mailed, the newest first. */
export async function mailedTokens(person: Pick<Person, 'email'>, page: MailedPage): Promise<string[]> {
  return (await mailboxOf(person)).flatMap(({ text }) => new RegExp(`/${page}/([\\w-]{43})`).exec(text)?.[1] ?? [])
}
