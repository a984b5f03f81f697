import type { Device } from '@/lib/accounts/caller'
import { issueToken, type TokenPurpose } from '@/lib/accounts/tokens'
import { recordEvent } from '@/lib/audit'
import type { Transaction } from '@/lib/db/client'
import type { Account } from '@/lib/db/generated/client'
import type { Letter } from '@/lib/mail/letter'
import { timeZoneOf } from '@/lib/mail/time-zone'

/** What a mail will say, but for its link, which is derived when it is sent. Frozen, so that every attempt is the same mail. */
export type Draft = {
  template: Letter['template']
  sentTo: string
  accountId: string
  data: {
    timeZone: string
    asked: { at: string; device: Device }
    token: { id: string; validUntil: string } | null
    closesAt?: string
  }
}

export type Drafter = (template: Letter['template'], account: Account, token?: { id: string; expiresAt: Date }) => Draft

/** Drafts mails to accounts about what was asked at that time from that device. */
export function drafter(device: Device, askedAt: Date): Drafter {
  return (template, { id, email, country }, token) => ({
    template,
    sentTo: email,
    accountId: id,
    data: {
      timeZone: timeZoneOf(country),
      asked: { at: askedAt.toISOString(), device },
      token: token ? { id: token.id, validUntil: token.expiresAt.toISOString() } : null,
    },
  })
}

/** Issues a token to be mailed to the account's address, and records that. */
export async function newToken(tx: Transaction, purpose: TokenPurpose, { id, email }: Account) {
  const token = await issueToken(tx, purpose, id, email)
  await recordEvent(tx, 'authn_token_created', { accountId: id, via: purpose })
  return token
}

export function getAccount(tx: Transaction, id: string): Promise<Account> {
  return tx.account.findUniqueOrThrow({ where: { id } })
}
