import type { Intent, IntentOf } from '@/lib/accounts/intents'
import type { Transaction } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'
import { changeDecisions } from '@/lib/worker/decide-change'
import { resetDecisions } from '@/lib/worker/decide-reset'
import { signUpDecisions } from '@/lib/worker/decide-sign-up'
import type { Decision, Decisions, Later } from '@/lib/worker/decision'

const decisions: Decisions = { ...signUpDecisions, ...resetDecisions, ...changeDecisions }

/**
 * Decides what an intent becomes: a mail, or null when nobody is to be told anything. Part of the transaction that keeps
 * the decision, so a sign-up, its token and its mail are made together or not at all.
 */
export async function decideMail<Kind extends Intent['kind']>(
  tx: Transaction,
  kind: Kind,
  intent: IntentOf<Kind>,
  locale: Locale,
  askedAt: Date,
): Promise<Decision | Later | null> {
  return decisions[kind](tx, intent, { at: askedAt.toISOString(), device: intent.device }, locale)
}
