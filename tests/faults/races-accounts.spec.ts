import { expect } from '@playwright/test'
import { linkIn } from '@/tests/e2e/fixtures'
import { readForm } from '@/tests/e2e/raw-form'
import { cookiesOf, followRaw, joinRaw, logInRaw, submitRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { holdCredential } from '@/tests/faults/barrier'
import { crowd, patiently, tally } from '@/tests/faults/crowd'
import { test } from '@/tests/faults/fixtures'
import { expectLaws } from '@/tests/faults/laws'
import { mailedReset } from '@/tests/faults/mailed'
import { openReset, sendReset, succeeded } from '@/tests/faults/walks'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres-admin'

const newPassword = 'Un-n0uveau secret'

test('R-AUT-05: of 32 sign-ups of one address in several spellings over two processes at once, one account comes', async ({
  service,
  twin,
}) => {
  for (let round = 0; round < 3; round += 1) {
    const { email } = newPerson()
    const people = Array.from({ length: 32 }, (_, index) =>
      newPerson({
        email: [email, email.toUpperCase(), ` ${email}\t`, email.replace('example', 'eXample')][index % 4] ?? email,
        firstName: `Éloïse ${index}`,
        password: `Tr0ub4dor&${index}`,
      }),
    )
    const form = await readForm(service.url, '/fr/signup')
    const answers = await crowd(32, [service, twin], (process, index) =>
      patiently(() => submitRaw(process, form, people[index] ?? newPerson())),
    )
    expect(await tally(answers)).toEqual({ '/fr/signup/sent': 32 })
    await expectLaws(service)

    const accounts = `SELECT "firstName" FROM "Account" WHERE lower("email") = '${email}'`
    const [account, ...others] = await query(service.databaseUrl, accounts)
    expect(others).toEqual([])
    const mails = service.resend.mails.filter(({ to }) => to[0]?.toLowerCase() === email)
    // Three of an hour, but for those whose link a later one has ended before they were sent.
    expect([1, 2, 3]).toContain(mails.length)
    const served = await Promise.all(mails.map((mail) => confirm(twin, linkIn(mail, 'verify-email'))))
    expect(served.filter(Boolean)).toHaveLength(1)
    // Whose name the account has, that one's password opens it.
    const [owner = newPerson()] = people.filter(({ firstName }) => firstName === account?.firstName)
    await logInRaw(service, { ...owner, email })
  }
})

for (const first of ['reset', 'sign-in'] as const) {
  test(`F17, R-AUT-08: of sign-ins with the old password that meet a reset, the ${first} first, no session survives`, async ({
    service,
    twin,
  }) => {
    for (let round = 0; round < 8; round += 1) {
      const person = await joinRaw(service)
      const reset = await openReset(service, await mailedReset(service, person))
      const form = await readForm(twin.url, '/fr/login')
      const held = await holdCredential(service, person)
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
      expect(await tally([signedIn])).toEqual(first === 'reset' ? { invalid_credentials: 1 } : { '/fr/account': 1 })
      await expectSignedOut(service, [signedIn])
    }
    await expectLaws(service)
  })
}

test('F17, R-AUT-08: of a crowd that signs in with the old password during a reset over two processes, no session survives', async ({
  service,
  twin,
}) => {
  for (let round = 0; round < 12; round += 1) {
    const person = await joinRaw(service)
    const reset = await openReset(service, await mailedReset(service, person))
    const form = await readForm(service.url, '/fr/login')
    const answers = await crowd(8, [service, twin], (process, index) =>
      patiently(() =>
        index === round % 8
          ? sendReset(process, reset, person, newPassword)
          : submitRaw(process, form, credentialsOf(person)),
      ),
    )
    expect((await tally(answers))['/fr/reset-password/done']).toBe(1)
    await expectSignedOut(service, answers)
    await logInRaw(twin, { ...person, password: newPassword })
  }
  await expectLaws(service)
})

async function confirm(service: Service, link: string): Promise<boolean> {
  const headers = { cookie: cookiesOf(await followRaw(service, link)) }
  const form = await readForm(service.url, '/fr/verify-email', headers).catch(() => null)
  if (!form) return false
  const answer = await submitRaw(service, form, {}, { headers })
  return answer.headers.get('location') === '/fr/verify-email/done'
}

function credentialsOf({ email, password }: Person): Record<string, string> {
  return { identifier: email, password, locale: 'fr' }
}

/** That nobody of those who were answered is signed in. */
async function expectSignedOut({ url, databaseUrl }: Service, answers: Response[]): Promise<void> {
  for (const answer of answers) {
    const page = await fetch(`${url}/fr/account`, { headers: { cookie: cookiesOf(answer) }, redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([307, '/fr/login'])
  }
  const stale = `SELECT 1 FROM "Session" s JOIN "Credential" c USING ("accountId") WHERE s."credentialVersion" < c."version"`
  expect(await query(databaseUrl, stale)).toEqual([])
}
