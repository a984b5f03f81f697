import { expect } from '@playwright/test'
import { lookUp, type RawApp } from '@/tests/support/apps/raw-app'
import type { Platform } from '@/tests/support/functions/platform'
import { cookiesOf, openLink, sendOpen, submitTo, type Target } from '@/tests/support/http/forms'
import { askForResetRaw, logInRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { linkIn, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import type { FakeResend } from '@/tests/support/resend/fake-resend'

/** What is deployed, and the provider that it sends to. */
export type Deployment = Target & { platform: Platform; resend: FakeResend; app: RawApp }

/**
 * Signs up, confirms, goes into an application, loses the password, makes a new one, which ends what the application knows, and signs in:
 * each in fresh instances; no scheduler comes.
 */
export async function walkThrough(deployment: Deployment): Promise<Person> {
  const { platform, resend, app } = deployment
  const person = newPerson()
  await platform.freshen()
  expect(leadsTo(await submitTo(deployment, '/fr/signup', person))).toBe('/fr/signup/sent')
  const confirmation = linkIn(await mailTo(resend, person.email), 'verify-email')
  await platform.freshen()
  const open = await openLink(deployment, confirmation)
  const confirmed = await sendOpen(deployment, open, { password: person.password })
  expect(leadsTo(confirmed)).toBe('/fr/verify-email/done')
  const code = await app.ask(deployment, cookiesOf(confirmed))
  await platform.freshen()
  const entered = await app.redeem(deployment, code)
  if (!entered) throw new Error(`no code: ${code.error}`)
  expect(await lookUp(deployment, entered)).toBe(200)
  await platform.freshen()
  expect(leadsTo(await askForResetRaw(deployment, person))).toBe('/fr/forgot-password/sent')
  const reset = linkIn(await mailTo(resend, person.email, 2), 'reset-password')
  await platform.freshen()
  expect(succeeded(await sendReset(deployment, await openLink(deployment, reset), person, newPassword))).toBe(true)
  await expect.poll(() => app.told).toEqual([entered.sid])
  expect(await lookUp(deployment, entered)).toBe(401)
  await platform.freshen()
  const cookie = await logInRaw(deployment, { ...person, password: newPassword })
  const account = await fetch(`${deployment.url}/fr/account`, { headers: { cookie } })
  expect([account.status, (await account.text()).includes(person.email)]).toEqual([200, true])
  return person
}

function leadsTo(answer: Response): string | null {
  return answer.headers.get('location')
}
