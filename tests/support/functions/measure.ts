import { expect } from '@playwright/test'
import type { Deployment } from '@/tests/support/functions/walk'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { identityOf } from '@/tests/support/http/raw-walks'
import { mailTo } from '@/tests/support/mail/swept-mail'
import { newPerson, type Person } from '@/tests/support/person'
import { behaviours } from '@/tests/support/resend/behaviour'

/** Milliseconds from nothing to the first page and to the answer to a first submission. */
export async function coldStart(deployment: Deployment): Promise<{ page: number; post: number }> {
  const { url, platform } = deployment
  const form = await readForm(url, '/fr/forgot-password')
  await platform.freshen()
  const page = await milliseconds(async () => (await fetch(`${url}/fr/login`)).text())
  await platform.freshen()
  const post = await milliseconds(() => submitRaw(deployment, form, identityOf(newPerson())))
  return { page, post }
}

/**
 * Milliseconds that somebody with an account and somebody without one wait for an answer while Resend takes 3 seconds for a
 * mail: of requests in turns the fastest, which noise does not reach, and a wait for a mail would. Every mail arrives, without a scheduler.
 */
export async function knownAndUnknown(
  deployment: Deployment,
  known: Person[],
): Promise<{ known: number; unknown: number }> {
  const { url, resend } = deployment
  resend.behave(behaviours.delay(3_000))
  const form = await readForm(url, '/fr/forgot-password')
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
  for (const [turn, person] of known.entries()) {
    const both = [
      ['known', person],
      ['unknown', newPerson()],
    ] as const
    for (const [standing, asked] of turn % 2 === 0 ? both : both.toReversed()) {
      const ask = async () => {
        const answer = await submitRaw(deployment, form, identityOf(asked))
        await answer.text()
        expect(answer.headers.get('location')).toBe('/fr/forgot-password/sent')
      }
      times[standing].push(await milliseconds(ask))
    }
  }
  for (const { email } of known) await mailTo(resend, email)
  return { known: Math.min(...times.known), unknown: Math.min(...times.unknown) }
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return Math.round(performance.now() - began)
}

let isBegun = false

/** Prints a row of the table: milliseconds, megabytes, and milliseconds again. */
export function printTarget(
  target: string,
  cold: { page: number; post: number },
  { megabytes, zipped }: { megabytes: number; zipped: number },
  memory: number,
  { known, unknown }: { known: number; unknown: number },
): void {
  const line = (values: unknown[]) => values.map((value, place) => `${value}`.padEnd(place === 0 ? 22 : 12)).join('')
  if (!isBegun) console.log(line(['target', 'page', 'POST', 'files', 'zipped', 'memory', 'known', 'unknown']))
  isBegun = true
  const sizes = [megabytes, zipped, memory].map((value) => `${value.toFixed(1)} MB`)
  console.log(line([target, `${cold.page} ms`, `${cold.post} ms`, ...sizes, `${known} ms`, `${unknown} ms`]))
}
