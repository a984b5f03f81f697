import { db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { inRequest, logError, logEvent } from '@/lib/log'
import { beginEdition, keepMessage, postponeMail, returnMail } from '@/lib/mail/attempts'
import type { SendOutcome } from '@/lib/mail/letter'
import { senderOf } from '@/lib/mail/message'
import { finishMail, type LeasedMail } from '@/lib/mail/outbox'
import { withoutRepeated } from '@/lib/mail/repeated'
import { sendMail } from '@/lib/mail/send'
import { leaseWithinQuota, waitForTurn } from '@/lib/mail/send-rate'
import { beginProbe, endTrouble, noteFault } from '@/lib/mail/trouble'
import { mailPolicy } from '@/lib/policy'
import { traced } from '@/lib/telemetry'
import { knownLocale, readMail } from '@/lib/worker/read-mail'
import { isOfUse } from '@/lib/worker/usefulness'
import { writeLetter } from '@/lib/worker/write-letter'

/**
 * Decides, composes and sends the mail that is due and was written at least `minAgeMs` ago, what matters most first, and
 * returns how many it took up. Safe to run in many processes at once and to be killed anywhere: what was not finished is
 * taken up again when its lease is over, as the same mail. Ends early when enough other workers wait for their turn to
 * send, when the provider turns out to be in trouble, and after `budgetMs`, but for the mail it is at.
 */
export async function deliverDueMail(minAgeMs = 0, budgetMs: number = mailPolicy.sweepMs): Promise<number> {
  const endsAt = performance.now() + budgetMs
  let taken = 0
  for (;;) {
    const leased = await leaseWithinQuota(minAgeMs)
    if (leased.length === 0) return taken
    const batch = await withoutRepeated(leased)
    taken += leased.length - batch.length
    for (const [place, mail] of batch.entries()) {
      const outcome = performance.now() < endsAt ? await deliverFor(mail) : 'no_turn'
      if (outcome !== 'no_turn' && outcome !== 'put_back') taken += 1
      if (outcome === 'put_back') await returnMail([mail])
      if (outcome === 'no_turn' || outcome === 'in_vain') {
        await returnMail(batch.slice(outcome === 'in_vain' ? place + 1 : place))
        return taken
      }
    }
  }
}

/** What is logged of a mail says which request asked for it, whichever set the worker off. */
function deliverFor(mail: LeasedMail) {
  return inRequest(mail.request, () =>
    traced('deliver mail', () => deliver(mail), { isRoot: true }).catch(afterFault(mail)),
  )
}

function afterFault(mail: LeasedMail): (error: unknown) => Promise<'taken'> {
  return async (error) => {
    await giveBack(mail, logError('mail_failed', error))
    return 'taken'
  }
}

/**
 * `no_turn` when it could have none to be sent, `put_back` when it was decided that others come first, `in_vain` when the
 * provider is in trouble.
 */
async function deliver(leased: LeasedMail): Promise<'taken' | 'no_turn' | 'put_back' | 'in_vain'> {
  const { mail, row: read = leased, mailClass = read.class } = await readMail(leased)
  if (mail === 'malformed') await keepMalformed(read)
  if (mail === null || mail === 'malformed') return 'taken'
  if (mailClass > read.class) return 'put_back'
  const row = { ...read, template: mail.template }
  const letter = await writeLetter(mail, { id: row.id, locale: knownLocale(mail.locale), now: row.leasedAt })
  if (!letter || !isOfUse(row)) {
    await finish(row, 'abandoned')
    return 'taken'
  }
  const sent = await sendMail(letter, {
    ...row,
    turn: async () => (await waitForTurn(row.class)) && (row.trouble !== 'known' || (await beginProbe())),
    keep: (message) => keepMessage(row.id, message),
  })
  return sent.outcome === 'no_turn' ? 'no_turn' : settle(row, sent)
}

/** Another release may have written it, so it is kept as it is and tried again. */
async function keepMalformed(row: LeasedMail): Promise<void> {
  logEvent('mail_malformed', { mail: row.id, template: row.template ?? row.kind })
  await postponeMail(row.id, mailPolicy.malformedWaitSeconds)
}

async function settle(row: LeasedMail, sent: SendOutcome): Promise<'taken' | 'in_vain'> {
  if (sent.outcome !== 'sent') logEvent('mail_not_sent', { mail: row.id, reason: sent.reason, attempt: row.attempts })
  if (sent.outcome !== 'retry') {
    // It refuses this one, but takes others.
    if (row.trouble) await endTrouble()
    await finish(row, sent.outcome === 'sent' ? 'sent' : 'abandoned', sent.outcome === 'sent' ? sent.providerId : null)
    return 'taken'
  }
  const { fault, reason, afterSeconds } = sent
  if (fault === 'refused' && row.message !== null && senderOf(row.message) !== env().mailFrom) {
    // It is the sender of before a change that is refused: what is configured now may be right.
    await giveBack(await beginEdition(row), reason)
    return 'taken'
  }
  const isKnown = fault !== null && (await noteFault(fault, reason, afterSeconds))
  const isUntaken = row.message === null && fault !== null && fault !== 'unavailable'
  await giveBack(row, reason, { afterSeconds, isUntaken, anew: fault === 'quota' })
  return isKnown ? 'in_vain' : 'taken'
}

async function giveBack(
  row: LeasedMail,
  reason: string,
  { afterSeconds = 0, ...how }: { afterSeconds?: number | undefined; isUntaken?: boolean; anew?: boolean } = {},
): Promise<void> {
  const { backoffSeconds, oftenMadeAnew } = mailPolicy
  const backoff = backoffSeconds[row.attempts - 1] ?? backoffSeconds.at(-1) ?? 0
  const waitSeconds = row.edition > oftenMadeAnew.editions ? oftenMadeAnew.waitSeconds : backoff
  if (!isOfUse(row)) return finish(row, 'abandoned')
  await postponeMail(row.id, Math.max(waitSeconds, afterSeconds * 1.25), how)
  logEvent('mail_postponed', { mail: row.id, reason, attempt: row.attempts })
}

async function finish(mail: LeasedMail, state: 'sent' | 'abandoned', providerId: string | null = null): Promise<void> {
  await finishMail(await db(), mail.id, state, providerId)
  logEvent(`mail_${state}`, { mail: mail.id, template: mail.template ?? mail.kind, attempts: mail.attempts })
}
