import { type Draft, decideIntent } from '@/lib/accounts/decisions'
import type { Intent } from '@/lib/accounts/intents'
import { mailPolicy, tokenPolicy } from '@/lib/accounts/policy'
import { mailedToken } from '@/lib/accounts/tokens'
import { db, transaction } from '@/lib/db/client'
import { env } from '@/lib/env'
import { defaultLocale, isLocale, type Locale } from '@/lib/i18n/locales'
import { logError, logEvent } from '@/lib/log'
import type { Envelope, Letter } from '@/lib/mail/letter'
import { dropMail, finishMail, keepDecision, type LeasedMail, leaseDueMail, postponeMail } from '@/lib/mail/outbox'
import { type Delivery, sendMail } from '@/lib/mail/transport'

/**
 * Decides, composes and sends the mail that is due, and returns how many it took up. Safe to run in many processes at
 * once and to be killed anywhere: what was not finished is taken up again when its lease is over, as the same mail.
 */
export async function deliverDueMail(): Promise<number> {
  let taken = 0
  for (;;) {
    const batch = await leaseDueMail()
    if (batch.length === 0) return taken
    taken += batch.length
    for (const mail of batch)
      await deliver(mail).catch((error: unknown) => giveBack(mail, logError('mail_failed', error)))
  }
}

async function deliver(mail: LeasedMail): Promise<void> {
  const locale = isLocale(mail.locale) ? mail.locale : defaultLocale
  const draft = mail.template === null ? await decide(mail, locale) : frozenDraft(mail)
  if (!draft) return
  const letter = await writeLetter(draft, locale, mail.leasedAt)
  if (!letter) return finish(mail, 'abandoned')
  const envelope: Envelope = { id: mail.id, to: draft.sentTo, locale, timeZone: draft.data.timeZone, letter }
  await settle(mail, await sendMail(envelope))
}

async function decide(mail: LeasedMail, locale: Locale): Promise<Draft | null> {
  const intent = { ...(mail.data as object), kind: mail.kind } as Intent
  return transaction(async (tx) => {
    const draft = await decideIntent(tx, intent, locale, mail.createdAt)
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
  const { asked, token } = data
  const page = (path: string) => `${env().appUrl}/${locale}/${path}`
  switch (template) {
    case 'account_exists':
      return { template, signInLink: page('login'), resetLink: page('forgot-password'), asked }
    case 'request_mismatch':
      return { template, retryLink: page('forgot-password'), asked }
    case 'password_changed':
      return { template, resetLink: page('forgot-password'), asked }
  }
  if (!token || Date.parse(token.validUntil) - now.getTime() < tokenPolicy.minMailedLifetimeSeconds * 1_000) return null
  const secret = await mailedToken(token.id)
  if (secret === null) return null
  const path = template === 'reset_password' ? 'reset-password' : 'verify-email'
  return { template, link: page(`${path}/${secret}`), validUntil: token.validUntil, asked }
}

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
