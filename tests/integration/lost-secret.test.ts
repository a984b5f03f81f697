import { randomBytes } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { redeemEmailChange } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { askForEmail, signedIn } from '@/tests/support/accounts/changes'
import { joinAs, mailboxOf, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

afterEach(forgetEnv)

test('a notice whose link went with the secret leads to the page that says what to do', async () => {
  const person = await joinAs()
  const change = { currentPassword: person.password, newPassword }
  expect(await changePassword(await signedIn(person), change, newCaller(), 'fr')).toMatchObject({ ok: true })
  await loseSecret()
  await expectBarePage(person, 'Votre mot de passe Metamots a été modifié')
})

test('so does one of a new address', async () => {
  const [person, { email }] = [await joinAs(), newPerson()]
  await askForEmail(person, email)
  const token = await mailedToken({ email }, 'new-email')
  expect(await redeemEmailChange(token, person.password, newCaller(), 'fr')).toEqual({ ok: true })
  await loseSecret()
  await expectBarePage(person, 'L’adresse email de votre compte Metamots a été modifiée')
})

async function expectBarePage(person: Person, subject: string): Promise<void> {
  const [mail] = await mailboxOf(person)
  expect(mail?.subject).toBe(subject)
  expect(mail?.text).toMatch(/\/fr\/not-me\s/)
  expect(mail?.html).toMatch(/href="[^"]*\/fr\/not-me"/)
  expect(`${mail?.text} ${mail?.html}`).not.toMatch(/not-me\//)
}

/** A new secret and no former one, before the mail that waits is written. */
async function loseSecret(): Promise<void> {
  vi.stubEnv('APP_SECRET', randomBytes(32).toString('base64'))
  forgetEnv()
  await deliverDueMail()
}

function forgetEnv(): void {
  delete (globalThis as { __metamotsEnv?: unknown }).__metamotsEnv
}
