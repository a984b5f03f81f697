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
  | { kind: 'password_changed'; accountId: string; device: Device }

/** Writes an intent: one INSERT, the same whatever it says. */
export async function enqueueIntent(tx: Transaction, locale: Locale, intent: Intent): Promise<void> {
  const { kind, ...data } = intent
  await enqueueMail(tx, kind, locale, data)
}
