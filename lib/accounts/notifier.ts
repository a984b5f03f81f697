import { decideIntent } from '@/lib/accounts/decisions'
import type { Draft } from '@/lib/accounts/drafts'
import type { Intent } from '@/lib/accounts/intents'
import { mailPolicy, tokenPolicy } from '@/lib/accounts/policy'
import { mailedToken } from '@/lib/accounts/tokens'
import { db, transaction } from '@/lib/db/client'
import { env } from '@/lib/env'
import { defaultLocale, isLocale, type Locale } from '@/lib/i18n/locales'
import { logError, logEvent } from '@/lib/log'
import { roomForMail, waitForTurn } from '@/lib/mail/allowance'
import type { Envelope, Letter } from '@/lib/mail/letter'
import {
  dropMail,
  finishMail,
  keepDecision,
  type LeasedMail,
  leaseDueMail,
  postponeMail,
  returnMail,
} from '@/lib/mail/outbox'
import { type Delivery, sendMail } from '@/lib/mail/transport'

/**
 * Decides, composes and sends the mail that is due and was written at least `minAgeMs` ago, and returns how many it took
 * up. Safe to run in many processes at once and to be killed anywhere: what was not finished is taken up again when its
 * lease is over, as the same mail. Ends where enough others wait for their turn to send already.
 */
export async function deliverDueMail(minAgeMs = 0): Promise<number> {
  let taken = 0
  for (;;) {
    const batch = await leaseDueMail(await roomForMail(), minAgeMs)
    if (batch.length === 0) return taken
    for (const [place, mail] of batch.entries()) {
      const hadTurn = await deliver(mail).catch(async (error: unknown) => {
        await giveBack(mail, logError('mail_failed', error))
        return true
      })
      if (!hadTurn) {
        await returnMail(batch.slice(place))
        return taken
      }
      taken += 1
    }
  }
}

/** False when it could have no turn to be sent. */
async function deliver(mail: LeasedMail): Promise<boolean> {
  const locale = isLocale(mail.locale) ? mail.locale : defaultLocale
  const draft = mail.template === null ? await decide(mail, locale) : frozenDraft(mail)
  if (draft === 'not_yet') await giveBack(mail, draft)
  if (!draft || draft === 'not_yet') return true
  const letter = await writeLetter(draft, locale, mail.leasedAt)
  if (!letter) {
    await finish(mail, 'abandoned')
    return true
  }
  const envelope: Envelope = { id: mail.id, to: draft.sentTo, locale, timeZone: draft.data.timeZone, letter }
  const delivery = await sendMail(envelope, waitForTurn)
  if (delivery.outcome === 'no_turn') return false
  await settle(mail, delivery)
  return true
}

async function decide(mail: LeasedMail, locale: Locale): ReturnType<typeof decideIntent> {
  const intent = { ...(mail.data as object), kind: mail.kind } as Intent
  return transaction(async (tx) => {
    const draft = await decideIntent(tx, intent, locale, mail.createdAt)
    if (draft === 'not_yet') return draft
    const kept = draft ? await keepDecision(tx, mail.id, draft) : await dropMail(tx, mail.id)
    if (!kept) throw new Error('a mail was decided twice')
    return draft
  })
}

function frozenDraft({ template, sentTo, data }: LeasedMail): Draft | null {
  return template && sentTo && data ? ({ template, sentTo, data } as unknown as Draft) : null
}

/** Null when the mail is no longer worth sending: its link has ended, or would soon after it arrived. */
async function writeLetter({ template, data }: Draft, locale: Locale, now: Date): Promise<Letter | null> {
  const { asked, token, closesAt } = data
  const page = (path: string) => `${env().appUrl}/${locale}/${path}`
  switch (template) {
    case 'account_exists':
      return { template, signInLink: page('login'), resetLink: page('forgot-password'), asked }
    case 'request_mismatch':
      return { template, retryLink: page('forgot-password'), asked }
    case 'account_closing':
      return closesAt
        ? { template, closesAt, signInLink: page('login'), resetLink: page('forgot-password'), asked }
        : null
  }
  if (!token) return null
  const { validUntil } = token
  const mailed = await mailedToken(token.id)
  const link = page(`${linkPages[template]}/${mailed?.secret ?? ''}`)
  // A change is told whatever became of its link since: the page of the link says so.
  if (template === 'password_changed' || template === 'address_changed') return { template, link, validUntil, asked }
  const tooLate = Date.parse(validUntil) - now.getTime() < tokenPolicy.minMailedLifetimeSeconds * 1_000
  return mailed?.isWanted && !tooLate ? { template, link, validUntil, asked } : null
}

const linkPages = {
  reset_password: 'reset-password',
  account_secured: 'reset-password',
  verify_address: 'verify-email',
  new_email: 'new-email',
  password_changed: 'not-me',
  address_changed: 'not-me',
} as const

async function settle(mail: LeasedMail, delivery: Delivery): Promise<void> {
  if (delivery.outcome === 'sent') return finish(mail, 'sent', delivery.providerId)
  logEvent('mail_not_sent', { mail: mail.id, reason: delivery.reason, attempt: mail.attempts })
  if (delivery.outcome === 'refused') return finish(mail, 'abandoned')
  await giveBack(mail, delivery.reason, delivery.afterSeconds)
}

async function giveBack(mail: LeasedMail, reason: string, afterSeconds = 0): Promise<void> {
  if (mail.attempts >= mailPolicy.maxAttempts) return finish(mail, 'abandoned')
  const backoff = mailPolicy.backoffSeconds[mail.attempts - 1] ?? mailPolicy.backoffSeconds.at(-1) ?? 0
  await postponeMail(mail.id, Math.max(backoff, afterSeconds * 1.25))
  logEvent('mail_postponed', { mail: mail.id, reason, attempt: mail.attempts })
}

async function finish(mail: LeasedMail, state: 'sent' | 'abandoned', providerId: string | null = null): Promise<void> {
  await finishMail(await db(), mail.id, state, providerId)
  logEvent(`mail_${state}`, { mail: mail.id, template: mail.template ?? mail.kind, attempts: mail.attempts })
}
