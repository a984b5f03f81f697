import type { Device } from '@/lib/accounts/caller'
import type { IdentityClaim, SignUp } from '@/lib/accounts/input'
import type { Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { enqueueMail } from '@/lib/mail/outbox'

/** Why somebody may get a mail. Whether, to whom and what is decided when it is sent. */
export type Intent =
  | { kind: 'sign_up'; claim: Omit<SignUp, 'password'>; passwordHash: string; device: Device }
  | { kind: 'verification'; accountId: string; device: Device }
  | { kind: 'password_reset'; claim: IdentityClaim; device: Device }
  | { kind: 'address_change'; accountId: string; credentialVersion: number; email: SignUp['email']; device: Device }
  | { kind: 'account_secured'; accountId: string; device: Device }
  | { kind: 'account_closing'; accountId: string; device: Device }
  | ({ kind: 'password_changed' | 'address_changed' } & Notice)

export type IntentOf<Kind extends Intent['kind']> = Extract<Intent, { kind: Kind }>

/** What is told at the address an account had until then, with the link that undoes it. */
type Notice = { accountId: string; sentTo: string; token: { id: string; validUntil: string }; device: Device }

/** Writes an intent: one INSERT, the same whatever it says. */
export async function enqueueIntent(tx: Transaction, locale: Locale, intent: Intent): Promise<void> {
  const { kind, ...data } = intent
  await enqueueMail(tx, kind, locale, data)
}
