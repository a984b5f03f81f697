import { beforeEach, expect, test } from 'vitest'
import { redeemEmailChange } from '@/lib/accounts/change-email'
import { signUpSchema } from '@/lib/accounts/input'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { BusyError, hashPassword } from '@/lib/accounts/passwords/hashing'
import { signUp } from '@/lib/accounts/sign-up'
import { redeemVerification, requestVerification } from '@/lib/accounts/verification'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import { randomToken } from '@/lib/secrets'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { whileBusy } from '@/tests/support/accounts/busy'
import { idOf, logInAs, redeem } from '@/tests/support/accounts/changes'
import { pass, rowsOf } from '@/tests/support/accounts/limits'
import {
  askForConfirmationAs,
  askForLinkAs,
  askToJoinAs,
  claimOf,
  joinAs,
  mailboxOf,
  mailedToken,
  newCaller,
  signUpAs,
} from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

beforeEach(async () => {
  await (await db()).mail.deleteMany()
})

/** What a network address may do, each time about somebody else, and how often. */
const perAddress: [
  string,
  number,
  number,
  (caller: Caller) => Promise<{ ok: boolean; code?: string; waitSeconds?: number | undefined }>,
][] = [
  ['sign in', 20, 300, (caller) => logInAs(newPerson(), { caller })],
  ['ask for a reset', 30, 900, (caller) => requestPasswordReset(claimOf(newPerson()), caller, 'fr')],
  ['try a reset link', 10, 900, (caller) => redeem(randomToken(), newPerson(), newPassword, caller)],
  [
    'ask for a confirmation',
    30,
    900,
    (caller) => requestVerification({ email: claimOf(newPerson()).email }, caller, 'fr'),
  ],
  ['sign up', 30, 3_600, (caller) => signUp(signUpSchema.parse(newPerson()), caller, 'fr')],
]

for (const [what, times, seconds, act] of perAddress) {
  test(`one network address may ${what} ${times} times in ${seconds} seconds, and is told so after that`, async () => {
    const caller = newCaller()
    for (let use = 0; use < times; use += 1)
      expect(await act(caller), `use ${use}`).not.toMatchObject({ code: 'too_many_requests' })
    expect(await act(caller)).toMatchObject({ ok: false, code: 'too_many_requests', waitSeconds: expect.any(Number) })
    expect(await act(newCaller())).not.toMatchObject({ code: 'too_many_requests' })
    await pass(null, seconds - 100)
    const late = await act(caller)
    expect(late).toMatchObject({ ok: false, code: 'too_many_requests' })
    expect(late.waitSeconds, 'until when').toBeGreaterThan(0)
    expect(late.waitSeconds, 'until when').toBeLessThanOrEqual(100)
    await pass(null, 100)
    expect(await act(caller)).not.toMatchObject({ code: 'too_many_requests' })
  })
}

/** Every limit that counts for a network, and how often one /64 may do it. */
const perNetwork: [string, number, (caller: Caller) => Promise<{ ok: boolean; code?: string }>][] = [
  ...perAddress.map(([what, times, , act]): (typeof perNetwork)[number] => [what, times, act]),
  ['try a confirmation link', 10, (caller) => redeemVerification(randomToken(), newPassword, caller)],
  ['try a link to a new e-mail', 10, (caller) => redeemEmailChange(randomToken(), newPassword, caller, 'fr')],
  ['try a link of a notice', 10, (caller) => redeemNotMe(randomToken(), caller, 'fr')],
]

for (const [what, times, act] of perNetwork) {
  for (const [width, factor, neighbour] of [
    ['/56', 2, (index: number) => `2001:db8:a:${(0x1200 + index).toString(16)}::/64`],
    ['/48', 4, (index: number) => `2001:db8:b:${(0x100 * (index + 1)).toString(16)}::/64`],
  ] as const) {
    test(`all networks of one ${width} together may ${what} ${factor * times} times, and others still may`, async () => {
      await (await db()).rateLimit.deleteMany()
      const at = (network: string): Caller => ({ ...newCaller(), network })
      let passed = 0
      for (let use = 0; use < factor * times + 2; use += 1) {
        const answer = await act(at(neighbour(use % 60)))
        if (answer.code !== 'too_many_requests') passed += 1
      }
      expect(passed).toBe(factor * times)
      expect(await act(at('2001:db8:c:1::/64'))).not.toMatchObject({ code: 'too_many_requests' })
      expect(await act(newCaller())).not.toMatchObject({ code: 'too_many_requests' })
    })
  }
}

test('of one e-mail a network address may ask a reset five times in a quarter of an hour, and of others meanwhile', async () => {
  const [caller, person] = [newCaller(), newPerson()]
  const ask = (of: Person, by: Caller) => requestPasswordReset(claimOf(of), by, 'fr')
  for (let use = 0; use < 5; use += 1) expect(await ask(person, caller)).toMatchObject({ ok: true })
  expect(await ask(person, caller)).toMatchObject({ ok: false, code: 'too_many_requests' })
  expect(await ask(newPerson(), caller)).toMatchObject({ ok: true })
  expect(await ask(person, newCaller())).toMatchObject({ ok: true })
  await pass(null, 900)
  expect(await ask(person, caller)).toMatchObject({ ok: true })
})

test('a link that serves counts for no network, however many use theirs', async () => {
  const caller = newCaller()
  const people: Person[] = []
  while (people.length < 12) people.push(await askToJoinAs())
  await deliverDueMail()
  for (const person of people) {
    const token = await mailedToken(person, 'verify-email')
    expect(await redeemVerification(token, newPassword, caller)).toMatchObject({
      code: 'wrong_password',
      attemptsLeft: 4,
    })
    expect(await redeemVerification(token, person.password, caller)).toMatchObject({ ok: true })
    await askForLinkAs(person)
  }
  await deliverDueMail()
  for (const person of people)
    expect(await redeem(await mailedToken(person, 'reset-password'), person, newPassword, caller)).toMatchObject({
      ok: true,
    })
})

test('what one /64 may no longer do costs its neighbours nothing', async () => {
  await (await db()).rateLimit.deleteMany()
  const ask = (network: string) => requestPasswordReset(claimOf(newPerson()), { ...newCaller(), network }, 'fr')
  for (let use = 0; use < 50; use += 1) await ask('2001:db8:d:1::/64')
  for (let use = 0; use < 30; use += 1) expect(await ask('2001:db8:d:2::/64')).toMatchObject({ ok: true })
})

test('in an hour one network address may fail to sign in about a hundred, in a day ask for resets of two hundred', async () => {
  for (const { times, pause, rounds, act } of [
    { times: 20, pause: 300, rounds: 5, act: (caller: Caller) => logInAs(newPerson(), { caller }) },
    {
      times: 25,
      pause: 900,
      rounds: 8,
      act: (caller: Caller) => requestPasswordReset(claimOf(newPerson()), caller, 'fr'),
    },
  ]) {
    const caller = newCaller()
    for (let use = 0; use < times * rounds; use += 1) {
      expect(await act(caller)).not.toMatchObject({ code: 'too_many_requests' })
      if (use % times === times - 1) await pass(null, pause)
    }
    expect(await act(caller)).toMatchObject({ ok: false, code: 'too_many_requests', waitSeconds: expect.any(Number) })
  }
})

test('however often somebody signs up with an address, it gets three mails a day', async () => {
  const person = newPerson()
  for (let round = 0; round < 6; round += 1) await signUpAs(person)
  expect(await mailboxOf(person)).toHaveLength(3)
  await pass(null, 86_400)
  await signUpAs(person)
  expect(await mailboxOf(person)).toHaveLength(4)
})

test('a confirmation is mailed again three times a day, and then it is said that none comes', async () => {
  const person = await signUpAs()
  for (let times = 0; times < 3; times += 1) {
    await askForConfirmationAs(person)
    await pass(null, 60)
  }
  expect(await mailboxOf(person)).toHaveLength(4)
  await expect(askForConfirmationAs(person)).rejects.toThrow('no_mail_today')
  await pass(null, 86_400)
  await askForConfirmationAs(person)
  expect(await mailboxOf(person)).toHaveLength(5)
})

test('success ends the row of failures of an account and what it counted itself, and nothing of another', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  for (const each of [person, other])
    for (let round = 0; round < 4; round += 1) await logInAs({ ...each, password: newPassword })
  expect(await logInAs(person)).toMatchObject({ ok: true })
  expect(await rowsOf(await idOf(person))).toMatchObject([{ hits: 4 }, { hits: 0 }])
  expect(await rowsOf(await idOf(other))).toMatchObject([{ hits: 4 }, { hits: 4 }])
})

test('a link that is guessed costs no hash', async () => {
  await whileBusy(async () => {
    expect(await redeem(randomToken(), newPerson())).toEqual({ ok: false, code: 'link_unusable' })
    await expect(hashPassword(newPassword)).rejects.toThrow(BusyError)
  })
})
