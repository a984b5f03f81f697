import { beforeEach, expect, test, vi } from 'vitest'
import { allowNetwork } from '@/lib/accounts/allow'
import { signUpSchema } from '@/lib/accounts/input'
import { BusyError, hashPassword } from '@/lib/accounts/passwords/hashing'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { limits } from '@/lib/limits'
import { whileBusy } from '@/tests/support/accounts/busy'
import { newCaller } from '@/tests/support/accounts/people'
import { newPassword, newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

process.env.BREACHED_PASSWORDS_URL = 'https://breached.example/range'
useService('embedded')

const lookedUp = vi.fn()

beforeEach(() => {
  lookedUp.mockClear()
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    lookedUp()
    return new Response('')
  })
})

test('a password that will not do is not counted as a sign-up, whatever is wrong with it', async () => {
  const join = await joinFrom()
  for (const password of [
    'weak',
    'alllowercase1!',
    'ALLUPPERCASE1!',
    'Metamots2026!',
    'NoDigitsHere!',
    'P@ssw0rd',
    'a',
  ])
    for (let use = 0; use < 2; use += 1) expect(await join(password), password).toMatchObject({ code: 'weak_password' })
  for (let use = 0; use < 5; use += 1) expect(await join(newPassword)).toMatchObject({ ok: true })
  expect(await join(newPassword)).toMatchObject({
    ok: false,
    code: 'too_many_requests',
    waitSeconds: expect.any(Number),
  })
  expect(await join('weak')).toMatchObject({ code: 'weak_password' })
})

test('beyond the limit of sign-ups nothing is looked up, hashed or kept', async () => {
  const join = await joinFrom()
  for (let use = 0; use < 5; use += 1) await join(newPassword)
  const client = await db()
  const [kept, looked] = [await client.mail.count(), lookedUp.mock.calls.length]
  expect(looked).toBe(5)
  await whileBusy(async () => {
    expect(await join(newPassword)).toMatchObject({
      ok: false,
      code: 'too_many_requests',
      waitSeconds: expect.any(Number),
    })
    await expect(hashPassword(newPassword)).rejects.toThrow()
  })
  expect([await client.mail.count(), lookedUp.mock.calls.length]).toEqual([kept, looked])
})

test('a sign-up that finds the service busy is not counted', async () => {
  const join = await joinFrom()
  await whileBusy(async () => {
    for (let use = 0; use < 6; use += 1) await expect(join(newPassword)).rejects.toThrow(BusyError)
  })
  for (let use = 0; use < 5; use += 1) expect(await join(newPassword)).toMatchObject({ ok: true })
  expect(await join(newPassword)).toMatchObject({ code: 'too_many_requests' })
})

/** Signs up from a network that has done so before, and may five times still. */
async function joinFrom(caller = newCaller()) {
  for (let use = 5; use < limits.sign_up[0].max; use += 1) await allowNetwork(await db(), 'sign_up', caller.network)
  return (password: string) => signUp(signUpSchema.parse(newPerson({ password })), caller, 'fr')
}
