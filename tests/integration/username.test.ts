import { expect, test } from 'vitest'
import { changeUsername, removeUsername } from '@/lib/accounts/change-username'
import { usernameSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { db } from '@/lib/db/client'
import { accountOf, joinAs, newCaller } from '@/tests/support/accounts/people'
import type { Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('a user name is set, changed and removed, and signs in while it is there', async () => {
  const person = await joinAs()
  expect(await choose(person, 'Camille.L')).toEqual({ ok: true })
  expect(await signIn('camille.l', person)).toMatchObject({ ok: true })
  expect(await signIn(' CAMILLE.L ', person)).toMatchObject({ ok: true })
  expect(await signIn('\u200ecamille.l\u00a0', person)).toMatchObject({ ok: true })
  expect(await signIn(`\u00a0<${person.email}>\u200e`, person)).toMatchObject({ ok: true })
  expect(await accountOf(person)).toMatchObject({ username: 'Camille.L', usernameKey: 'camille.l' })

  expect(await choose(person, 'camille_2')).toEqual({ ok: true })
  expect(await signIn('camille.l', person)).toMatchObject({ ok: false })
  expect(await signIn('camille_2', person)).toMatchObject({ ok: true })

  const { id } = await accountOf(person)
  await removeUsername(id, newCaller())
  await removeUsername(id, newCaller())
  expect(await signIn('camille_2', person)).toMatchObject({ ok: false })
  expect(await signIn(person.email, person)).toMatchObject({ ok: true })
  const events = await (await db()).event.findMany({ where: { accountId: id, name: 'user_updated' } })
  expect(events.map(({ via }) => via).sort()).toEqual(['change_username', 'change_username', 'remove_username'])
})

test('a name that somebody has is taken in every spelling, until it is given up', async () => {
  const [owner, other] = [await joinAs(), await joinAs()]
  expect(await choose(owner, 'dominique')).toEqual({ ok: true })
  for (const spelling of ['dominique', 'DOMINIQUE', ' Dominique', 'ｄominique'])
    expect(await choose(other, spelling)).toEqual({ ok: false, code: 'taken' })
  expect(await choose(owner, 'Dominique')).toEqual({ ok: true })
  expect(await choose(owner, 'dominique-b')).toEqual({ ok: true })
  expect(await choose(other, 'dominique')).toEqual({ ok: true })
})

test('a reserved name answers as one that somebody has', async () => {
  const person = await joinAs()
  for (const name of ['admin', 'Ad.min', 'root_1', 'no-reply', 'metamots-team', '___', 'support'])
    expect(await choose(person, name), name).toEqual({ ok: false, code: 'taken' })
  expect(await accountOf(person)).toMatchObject({ username: null })
})

test('nobody tries out names for long', async () => {
  const [reader, other] = [await joinAs(), await joinAs()]
  for (let round = 0; round < 10; round += 1) expect(await choose(reader, 'admin')).toMatchObject({ code: 'taken' })
  expect(await choose(reader, 'admin')).toMatchObject({
    ok: false,
    code: 'too_many_requests',
    waitSeconds: expect.any(Number),
  })
  expect(await choose(reader, 'a-free-name')).toMatchObject({
    ok: false,
    code: 'too_many_requests',
    waitSeconds: expect.any(Number),
  })
  expect(await choose(other, 'a-free-name')).toEqual({ ok: true })
})

test.for(['ab', 'x'.repeat(33), 'camille@example.org', 'élo', 'a b', 'камила', 'abc/', ''])(
  '%s is no user name',
  (username) => {
    expect(usernameSchema.safeParse({ username }).success).toBe(false)
  },
)

async function choose(person: Person, typed: string) {
  const { username } = usernameSchema.parse({ username: typed })
  return changeUsername((await accountOf(person)).id, username, newCaller())
}

function signIn(identifier: string, { password }: Person) {
  return logIn({ identifier, password, locale: 'fr' }, newCaller(), { session: null, mark: null })
}
