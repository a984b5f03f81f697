import { z } from 'zod'
import { mailboxKey } from '@/lib/accounts/canonical'
import { resetRequestSchema } from '@/lib/accounts/input'
import { deviceSchema, networksOf } from '@/lib/caller'
import type { Db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { detailKindSchema, mailedTokenSchema } from '@/lib/mail/decided-mail'
import { enqueueMail, mailInsert } from '@/lib/mail/enqueue'
import type { MailClass } from '@/lib/mail/outbox'
import { pseudonym } from '@/lib/secrets'

const email = z.object({ address: z.string(), key: z.string() })
const claim = resetRequestSchema.extend({ email })
/** Whether there was room for a mail that only the e-mail brings; a former release wrote none. */
const mayMail = z.boolean().optional()
const ofAccount = { accountId: z.uuid(), device: deviceSchema }
/** What is told at the e-mail an account had until then, with the link that undoes it. */
const notice = { ...ofAccount, sentTo: z.string(), token: mailedTokenSchema }

/** Why somebody may get a mail. Whether, to whom and what is decided when it is sent. */
export const intentSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sign_up'),
    /** Of the account to be; a former release wrote none. */
    id: z.uuid().optional(),
    claim,
    passwordHash: z.string(),
    device: deviceSchema,
    /** A digest, by which sign-ups for one e-mail are counted; a former release wrote none. */
    network: z.string().optional(),
    mayMail,
  }),
  z.object({ kind: z.literal('verification'), email, device: deviceSchema }),
  z.object({ kind: z.literal('password_reset'), claim, device: deviceSchema, mayMail }),
  z.object({ kind: z.literal('address_change'), ...ofAccount, credentialVersion: z.number(), email }),
  z.object({ kind: z.literal('account_secured'), ...ofAccount }),
  z.object({ kind: z.literal('account_closing'), ...ofAccount }),
  z.object({ kind: z.literal('log_in_blocked'), ...ofAccount, credentialVersion: z.number() }),
  z.object({
    kind: z.literal('new_browser'),
    ...ofAccount,
    credentialVersion: z.number(),
    sentTo: z.string(),
    /** A digest, by which a former release counts notices. */
    network: z.string(),
  }),
  z.object({ kind: z.literal('password_changed'), ...notice }),
  z.object({ kind: z.literal('address_changed'), ...notice }),
  z.object({ kind: z.literal('account_disputed'), ...notice }),
  z.object({ kind: z.literal('details_changed'), ...notice, changed: z.array(detailKindSchema) }),
])

export type Intent = z.infer<typeof intentSchema>

export type IntentOf<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>

const classes: Record<Intent['kind'], MailClass> = {
  password_reset: 1,
  account_secured: 1,
  account_disputed: 1,
  account_closing: 1,
  log_in_blocked: 1,
  password_changed: 1,
  address_changed: 1,
  details_changed: 1,
  new_browser: 1,
  sign_up: 2,
  verification: 2,
  address_change: 2,
}

/**
 * Writes an intent and returns the id of its mail: one INSERT, the same whatever it says. `network` is that of who asks, where anybody can ask: the
 * mails of one network, as of one mailbox or account, never come before all those of another.
 */
export async function enqueueIntent(
  client: Db,
  locale: Locale,
  intent: Intent,
  network: string | null = null,
): Promise<string> {
  const { kind, ...data } = intent
  return enqueueMail(client, kind, locale, data, placeOf(intent, network))
}

/** The same as a part of the statement that makes it due, as `mailInsert` is. Call `noteEnqueued` where it was written. */
export function intentInsert(
  locale: Locale,
  intent: Intent,
  network: string | null = null,
  also?: Prisma.Sql,
): { id: string; insert: Prisma.Sql } {
  const { kind, ...data } = intent
  return mailInsert(kind, locale, data, placeOf(intent, network), also)
}

function placeOf(intent: Intent, network: string | null) {
  return {
    mailClass: classes[intent.kind],
    recipient: pseudonym(recipientOf(intent)),
    network: network === null ? null : subscriberOf(network),
  }
}

/** A digest of whoever holds a network, as far as it tells: in IPv6 of its /48. */
export function subscriberOf(network: string): string {
  return pseudonym(networksOf(network).at(-1) ?? network)
}

function recipientOf(intent: Intent): string {
  if ('claim' in intent) return mailboxKey(intent.claim.email.key)
  return 'email' in intent ? mailboxKey(intent.email.key) : intent.accountId
}
