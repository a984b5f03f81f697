import type { IdentityClaim, ResendConfirmation } from '@/lib/accounts/input'
import { readCookie, setCookie } from '@/lib/http/cookies'
import { resendPolicy } from '@/lib/policy'
import { seal, unseal } from '@/lib/secrets'

/** What a mail was asked for with, by the page that asks. */
type Inputs = { 'forgot-password': IdentityClaim; 'signup/resend': ResendConfirmation }

type Kept<Page> = { page: Page; at: number; input: unknown }

/** Keeps in this browser, sealed, what a mail was asked for with, so that a press asks once more. The same whoever has it. Only in actions. */
export async function keepAsked<Page extends keyof Inputs>(page: Page, input: Inputs[Page]): Promise<void> {
  const kept: Kept<Page> = { page, at: Date.now(), input }
  await setCookie('asked', seal('asked', JSON.stringify(kept)), resendPolicy.keptSeconds)
}

/** What the last mail of this page was asked for with, and in how many seconds it may be once more; null when that is not kept any more. */
export async function readAsked<Page extends keyof Inputs>(
  page: Page,
): Promise<{ input: Inputs[Page]; waitSeconds: number } | null> {
  const opened = unseal('asked', (await readCookie('asked')) ?? '')
  if (opened === null) return null
  const kept = JSON.parse(opened) as Kept<string>
  const age = (Date.now() - kept.at) / 1_000
  if (kept.page !== page || age > resendPolicy.keptSeconds) return null
  return { input: kept.input as Inputs[Page], waitSeconds: Math.max(0, Math.ceil(resendPolicy.waitSeconds - age)) }
}
