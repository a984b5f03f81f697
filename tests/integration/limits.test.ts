import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import type { Caller } from '@/lib/accounts/caller'
import { BusyError, hashPassword } from '@/lib/accounts/hashing'
import { signUpSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { redeemPasswordReset, requestPasswordReset } from '@/lib/accounts/password-reset'
import { hashQueuePolicy } from '@/lib/accounts/policy'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { randomToken } from '@/lib/keys'
import { claimOf, join, mailsTo, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

const nothing = { session: null, device: null }
const newPassword = 'Un-n0uveau secret'

/** What a network address may do, each time about somebody else, and how often. */
const perAddress: [string, number, number, (caller: Caller) => Promise<{ ok: boolean; code?: string }>][] = [
  ['sign in', 20, 300, (caller) => logInAs(newPerson(), caller)],
  ['ask for a reset', 5, 900, (caller) => requestPasswordReset(claimOf(newPerson()), caller, 'fr')],
  ['try a reset link', 10, 900, (caller) => redeem(randomToken(), caller)],
  ['sign up', 5, 3_600, (caller) => signUp(signUpSchema.parse(newPerson()), caller, 'fr')],
]

for (const [what, times, seconds, act] of perAddress) {
  test(`one network address may ${what} ${times} times in ${seconds} seconds, and is told so after that`, async () => {
    const caller = newCaller()
    for (let use = 0; use < times; use += 1)
      expect(await act(caller), `use ${use}`).not.toMatchObject({ code: 'too_many_requests' })
    expect(await act(caller)).toEqual({ ok: false, code: 'too_many_requests' })
    expect(await act(newCaller())).not.toMatchObject({ code: 'too_many_requests' })
    await passTime(seconds - 10)
    expect(await act(caller)).toEqual({ ok: false, code: 'too_many_requests' })
    await passTime(10)
    expect(await act(caller)).not.toMatchObject({ code: 'too_many_requests' })
  })
}

test('in an hour one network address may sign in a hundred times, in a day ask for twenty resets', async () => {
  for (const { times, pause, rounds, act } of [
    { times: 20, pause: 300, rounds: 5, act: (caller: Caller) => logInAs(newPerson(), caller) },
    {
      times: 5,
      pause: 900,
      rounds: 4,
      act: (caller: Caller) => requestPasswordReset(claimOf(newPerson()), caller, 'fr'),
    },
  ]) {
    const caller = newCaller()
    for (let use = 0; use < times * rounds; use += 1) {
      expect(await act(caller)).not.toMatchObject({ code: 'too_many_requests' })
      if (use % times === times - 1) await passTime(pause)
    }
    expect(await act(caller)).toEqual({ ok: false, code: 'too_many_requests' })
  }
})

test('however often somebody signs up with an address, it gets three mails a day', async () => {
  const person = newPerson()
  for (let round = 0; round < 6; round += 1) await signUpAs(person)
  expect(await mailsTo(person)).toHaveLength(3)
  await passTime(86_400)
  await signUpAs(person)
  expect(await mailsTo(person)).toHaveLength(4)
})

test('a confirmation is mailed again once a minute, and five times a day', async () => {
  const person = newPerson()
  await signUpAs(person)
  const mails: number[] = []
  for (let round = 0; round < 7; round += 1) {
    for (let tries = 0; tries < 2; tries += 1) {
      expect(await logInAs(person)).toEqual({ ok: false, code: 'confirmation_sent_again' })
      await deliverDueMail()
    }
    mails.push((await mailsTo(person)).length)
    await passTime(60)
  }
  expect(mails).toEqual([2, 3, 4, 5, 6, 6, 6])
})

test('success forgets the failures of an identifier, and of no other', async () => {
  const [person, other] = [await join(newPerson()), await join(newPerson())]
  for (const each of [person, other])
    for (let round = 0; round < 4; round += 1) await logInAs({ ...each, password: newPassword })
  expect(await logInAs(person)).toMatchObject({ ok: true })
  const rows = await (await db()).rateLimit.findMany({ where: { key: { startsWith: 'log_in:' }, hits: 4 } })
  expect(rows.filter(({ blockedUntil, key }) => blockedUntil === null && !/^log_in:\d+:/.test(key))).toHaveLength(1)
})

test('a link that is guessed costs no hash', async () => {
  let isBusy = true
  const hashes = Array.from({ length: availableParallelism() + hashQueuePolicy.maxWaiting }, async () => {
    while (isBusy) await hashPassword(newPassword)
  })
  expect(await redeem(randomToken(), newCaller())).toEqual({ ok: false, code: 'link_unusable' })
  await expect(hashPassword(newPassword)).rejects.toThrow(BusyError)
  isBusy = false
  await Promise.all(hashes)
})

function logInAs({ email, password }: Person, caller = newCaller()) {
  return logIn({ identifier: email, password, locale: 'fr' }, caller, nothing)
}

function redeem(token: string, caller: Caller) {
  return redeemPasswordReset(token, { ...claimOf(newPerson()), newPassword }, caller, 'fr')
}

/** As if all that limits know of were so many seconds longer ago. */
async function passTime(seconds: number): Promise<void> {
  await (await db()).$executeRaw`
    UPDATE "RateLimit" SET "endsAt" = "endsAt" - span, "blockedUntil" = "blockedUntil" - span
    FROM (SELECT ${seconds}::int * interval '1 second' AS span) AS past`
}
