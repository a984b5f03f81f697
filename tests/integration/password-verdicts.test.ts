import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changePassword } from '@/lib/accounts/change-password'
import { signUpSchema } from '@/lib/accounts/input'
import { findSession } from '@/lib/accounts/sessions'
import { signUp } from '@/lib/accounts/sign-up'
import { redeem, resetTokenOf, sessionOf } from '@/tests/support/accounts/changes'
import { askForResetAs, joinAs, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

const breached = 'Mot-de-passe du 7 juin'

const ranges: string[] = []
const rangeService = createServer((request, response) => {
  ranges.push(request.url?.slice(1) ?? '')
  response.end(`${sha1(breached).slice(5)}:3\r\n`)
})

beforeAll(async () => {
  await new Promise<void>((resolve) => rangeService.listen(0, '127.0.0.1', resolve))
  process.env.BREACHED_PASSWORDS_URL = `http://127.0.0.1:${(rangeService.address() as AddressInfo).port}`
})

afterAll(() => {
  rangeService.closeAllConnections()
  rangeService.close()
})

useService('embedded')

test('sign-up, change and reset refuse the same passwords for the same reasons', async () => {
  const person = await joinAs(newPerson({ email: 'lou.mallet@les-plaines.example' }))
  const session = await sessionOf(person)
  const token = await resetTokenOf(person)

  for (const [password, ...issues] of [
    ['weak', 'too_short', 'missing_upper', 'missing_digit', 'missing_special', 'too_common'],
    ['Bienvenue1!', 'too_common'],
    ['P@ssw0rd', 'too_common'],
    ['Éloïse-2024', 'personal', 'too_common'],
    ['3l01se et son chat Gris', 'personal'],
    ['Un chat de Mallet 7', 'personal'],
    ['Metamots, 2 fois merci', 'personal'],
    ['Plaines12!', 'personal', 'too_common'],
    [breached, 'too_common'],
    ['Les plaines\u200b vertes 7', 'unseen'],
  ] as const) {
    const verdict = { ok: false, code: 'weak_password', issues }
    expect([
      await signUp(signUpSchema.parse({ ...person, password }), newCaller(), 'fr'),
      await change(person, session, password),
      await redeem(token, person, password),
    ]).toEqual([verdict, verdict, verdict])
  }
  expect(await redeem(token, person, 'Les plaines vertes 7')).toEqual({ ok: true })
})

test('a link has ten passwords looked up in a quarter of an hour, and what is weak by itself is not', async () => {
  const person = await joinAs()
  const token = await resetTokenOf(person)
  const before = ranges.length
  for (let round = 0; round < 11; round += 1)
    expect(await redeem(token, person, 'weak')).toMatchObject({ code: 'weak_password' })
  expect(ranges).toHaveLength(before)
  for (let round = 0; round < 10; round += 1)
    expect(await redeem(token, person, breached)).toMatchObject({ code: 'weak_password', issues: ['too_common'] })
  const refused = { ok: false, code: 'too_many_requests', waitSeconds: expect.any(Number) }
  expect(await redeem(token, person, breached)).toEqual(refused)
  expect(ranges).toHaveLength(before + 10)
})

test('sign-up, change and reset take the same passwords', async () => {
  const person = await joinAs(newPerson({ email: 'lou.malley@les-plaines.example' }))
  for (const password of ['Un-n0uveau', 'Les plaines vertes 7', '😀 Kàfé au lait 4 moi']) {
    expect(await signUp(signUpSchema.parse({ ...newPerson(), password }), newCaller(), 'fr')).toMatchObject({
      ok: true,
    })
    expect(await change(person, await sessionOf(person), password)).toMatchObject({ ok: true })
    person.password = password
  }
  await askForResetAs(person)
  expect(await redeem(await mailedToken(person, 'reset-password'), person, 'Un-n0uveau 2')).toEqual({ ok: true })
})

test('only a password that is otherwise good is looked up, and at a reset only for who proved to be its owner', async () => {
  const person = await joinAs()
  const common = 'Bonjour123!'
  const good = `Un secret n0uveau de ${person.email.slice(-30, -20)}`
  await signUp(signUpSchema.parse({ ...newPerson(), password: common }), newCaller(), 'fr')
  const token = await resetTokenOf(person)
  await redeem(token, { ...person, firstName: 'Mallory' }, good)
  await redeem('A'.repeat(43), person, good)
  expect(ranges).not.toContain(sha1(common).slice(0, 5))
  expect(ranges).not.toContain(sha1(good).slice(0, 5))

  expect(await redeem(token, person, good)).toEqual({ ok: true })
  expect(ranges).toContain(sha1(good).slice(0, 5))
  expect(ranges.every((range) => /^[0-9A-F]{5}$/.test(range))).toBe(true)
})

test('a breached password costs no attempt at a reset, and the link still serves', async () => {
  const person = await joinAs()
  const token = await resetTokenOf(person)
  for (let round = 0; round < 6; round += 1)
    expect(await redeem(token, person, breached)).toMatchObject({ code: 'weak_password', issues: ['too_common'] })
  expect(await redeem(token, person, newPassword)).toEqual({ ok: true })
})

async function change(person: Person, session: string, newPassword: string) {
  const account = await findSession(session)
  if (!account) throw new Error('not signed in')
  return changePassword(account, { currentPassword: person.password, newPassword }, newCaller(), 'fr')
}

function sha1(password: string): string {
  return createHash('sha1').update(password).digest('hex').toUpperCase()
}
