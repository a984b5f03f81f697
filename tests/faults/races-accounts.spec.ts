import { expect } from '@playwright/test'
import { signUpPolicy } from '@/lib/policy'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { countAnswers, patientCrowd } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { openReset } from '@/tests/support/faults/resets'
import { cookiesOf, openLink, readForm, sendOpen, submitRaw } from '@/tests/support/http/forms'
import { credentialsOf, joinRaw, logInRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { linkIn } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { holdCredentials } from '@/tests/support/postgres/held-credentials'
import { query } from '@/tests/support/postgres/query'
import { roundsOf } from '@/tests/support/sample'

test('of 32 sign-ups of one address in several spellings over two processes at once, one account comes', async ({
  service,
  twin,
}) => {
  for (let round = 0; round < roundsOf(3); round += 1) {
    const { email } = newPerson()
    const people = Array.from({ length: 32 }, (_, index) =>
      newPerson({
        email: [email, email.toUpperCase(), ` ${email}\t`, email.replace('example', 'eXample')][index % 4] ?? email,
        firstName: `Éloïse ${index}`,
        password: `Tr0ub4dor&${index}`,
      }),
    )
    const form = await readForm(service.url, '/fr/signup')
    const answers = await patientCrowd(32, [service, twin], (process, index) =>
      submitRaw(process, form, people[index] ?? newPerson()),
    )
    expect(await countAnswers(answers)).toEqual({ '/fr/signup/sent': 32 })
    await expectLaws(service)

    const kept = `SELECT "firstName" FROM "PendingSignUp" WHERE "emailKey" = '${email}'`
    const pending = (await query(service.databaseUrl, kept)).map(({ firstName }) => firstName)
    expect(pending).toHaveLength(signUpPolicy.maxPendingOfEmail)
    const mails = service.resend.mails.filter(({ to }) => to[0]?.toLowerCase() === email)
    const [link = '', ...others] = new Set(mails.map((mail) => linkIn(mail, 'verify-email')))
    expect(others).toEqual([])
    // Whoever's password opens it, that one's name the account has.
    const [one = newPerson(), other = newPerson()] = people.filter(({ firstName }) => pending.includes(firstName))
    const served = await Promise.all([confirm(twin, link, one), confirm(service, link, other)])
    expect(served.filter(Boolean)).toHaveLength(1)
    const owner = served[0] ? one : other
    const accounts = `SELECT "firstName" FROM "Account" WHERE "emailKey" = '${email}'`
    expect(await query(service.databaseUrl, accounts)).toEqual([{ firstName: owner.firstName }])
    await logInRaw(service, { ...owner, email })
  }
})

for (const first of ['reset', 'sign-in'] as const) {
  test(`of sign-ins with the old password that meet a reset, the ${first} first, no session survives`, async ({
    service,
    twin,
  }) => {
    for (let round = 0; round < roundsOf(8); round += 1) {
      const person = await joinRaw(service)
      const reset = await openReset(service, person)
      const form = await readForm(twin.url, '/fr/login')
      const held = await holdCredentials(service.databaseUrl, person.email)
      const redeem = () => sendReset(service, reset, person, newPassword)
      const signIn = () => submitRaw(twin, form, credentialsOf(person))
      const earlier = first === 'reset' ? redeem() : signIn()
      await held.waiters(1)
      const later = first === 'reset' ? signIn() : redeem()
      await held.waiters(2)
      await held.release()
      const [one, other] = await Promise.all([earlier, later])
      const [redeemed, signedIn] = first === 'reset' ? [one, other] : [other, one]
      expect(succeeded(redeemed)).toBe(true)
      // Who was first to get in was signed in truly, and is signed out by the reset.
      expect(await countAnswers([signedIn])).toEqual(
        first === 'reset' ? { invalid_credentials: 1 } : { '/fr/account': 1 },
      )
      await expectNoneSignedIn(service, [signedIn])
    }
    await expectLaws(service)
  })
}

test('of a crowd that signs in with the old password during a reset over two processes, no session survives', async ({
  service,
  twin,
}) => {
  for (let round = 0; round < roundsOf(12); round += 1) {
    const person = await joinRaw(service)
    const reset = await openReset(service, person)
    const form = await readForm(service.url, '/fr/login')
    const answers = await patientCrowd(8, [service, twin], (process, index) =>
      index === (3 * round) % 8
        ? sendReset(process, reset, person, newPassword)
        : submitRaw(process, form, credentialsOf(person)),
    )
    expect((await countAnswers(answers))['/fr/reset-password/done']).toBe(1)
    await expectNoneSignedIn(service, answers)
    await logInRaw(twin, { ...person, password: newPassword })
  }
  await expectLaws(service)
})

async function confirm(service: Service, link: string, { password }: Person): Promise<boolean> {
  const open = await openLink(service, link).catch(() => null)
  return (
    open !== null && (await sendOpen(service, open, { password })).headers.get('location') === '/fr/verify-email/done'
  )
}

/** That nobody of those who were answered is signed in. */
async function expectNoneSignedIn({ url, databaseUrl }: Service, answers: Response[]): Promise<void> {
  for (const answer of answers) {
    const page = await fetch(`${url}/fr/account`, { headers: { cookie: cookiesOf(answer) }, redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([307, '/fr/login'])
  }
  const stale = `SELECT 1 FROM "Session" s JOIN "Credential" c USING ("accountId") WHERE s."credentialVersion" < c."version"`
  expect(await query(databaseUrl, stale)).toEqual([])
}
