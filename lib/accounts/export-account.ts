import type { Caller } from '@/lib/accounts/caller'
import { recordEvent } from '@/lib/audit'
import { transaction } from '@/lib/db/client'

/** All that is kept of an account and may leave it: no password, no digest of one, of a token or of a network address. */
export async function exportAccount(accountId: string, { address }: Caller) {
  return transaction(async (tx) => {
    await recordEvent(tx, 'sensitive_read', { accountId, address, via: 'export' })
    const [account, events, mails] = [
      await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: accountFields }),
      await tx.event.findMany({ where: { accountId }, select: eventFields, orderBy: { at: 'asc' } }),
      await tx.mail.findMany({ where: { accountId }, select: mailFields, orderBy: { createdAt: 'asc' } }),
    ]
    const { credential, sessions, tokens: links, ...details } = account
    return { account: { ...details, passwordChangedAt: credential?.changedAt ?? null }, sessions, links, mails, events }
  })
}

const accountFields = {
  email: true,
  username: true,
  firstName: true,
  lastName: true,
  country: true,
  organizationType: true,
  locale: true,
  createdAt: true,
  verifiedAt: true,
  credential: { select: { changedAt: true } },
  sessions: { select: { device: true, createdAt: true, lastSeenAt: true, expiresAt: true } },
  tokens: {
    select: {
      purpose: true,
      sentTo: true,
      createdAt: true,
      expiresAt: true,
      usedAt: true,
      endedAt: true,
      endReason: true,
    },
  },
} as const

const eventFields = { name: true, via: true, at: true } as const

const mailFields = {
  kind: true,
  template: true,
  locale: true,
  state: true,
  delivery: true,
  createdAt: true,
  finishedAt: true,
} as const
