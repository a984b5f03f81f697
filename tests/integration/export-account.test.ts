import { expect, test } from 'vitest'
import { exportAccount } from '@/lib/accounts/export-account'
import { db } from '@/lib/db/client'
import { exportPolicy } from '@/lib/policy'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { idOf, loggedIn, sessionOf, withEmail } from '@/tests/support/accounts/changes'
import { readExport } from '@/tests/support/accounts/exports'
import { pass } from '@/tests/support/accounts/limits'
import { accountOf, askForResetAs, joinAs, mailedToken, newCaller } from '@/tests/support/accounts/people'
import type { Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('somebody gets all that is kept of them, and nothing of anybody else', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  for (const each of [person, other]) await loggedIn(each)
  await askForResetAs(person)
  await deliverDueMail()
  const { createdAt } = await accountOf(person)
  const text = await exportOf(person)
  const data = JSON.parse(text)
  const { password: _, ...details } = person
  expect(data.account).toMatchObject({
    ...details,
    username: null,
    createdAt: createdAt.toISOString(),
    locale: 'fr',
    verifiedAt: expect.any(String),
  })
  expect(data.sessions).toMatchObject([{ device: { browser: 'Firefox', system: 'Linux' } }])
  expect(data.links).toMatchObject([{ purpose: 'verification' }, { purpose: 'password_reset' }])
  expect(data.mails).toMatchObject([{ template: 'reset_password', state: 'sent' }])
  expect(data.events).toEqual(
    expect.arrayContaining(
      ['user_created', 'authn_login_success', 'authn_token_created'].map((name) => expect.objectContaining({ name })),
    ),
  )
  expect(text).not.toContain(other.email)
})

test('no secret leaves with it, nor the digest of one', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  await askForResetAs(person)
  const { id } = await accountOf(person)
  const client = await db()
  const where = { accountId: id }
  const kept = [
    (await client.credential.findUniqueOrThrow({ where })).passwordHash,
    ...(await client.session.findMany({ where })).map(({ tokenHash }) => tokenHash),
    ...(await client.token.findMany({ where })).map(({ tokenHash }) => tokenHash),
    ...(await client.event.findMany({ where })).map(({ network }) => network),
  ].filter((secret) => secret !== null)
  expect(kept.length).toBeGreaterThan(5)
  const text = await exportOf(person)
  const secrets = [...kept, person.password, session, await mailedToken(person, 'reset-password')]
  for (const secret of secrets) expect(text).not.toContain(secret)
  expect(text).not.toMatch(/hash|argon2/i)
})

test('one of any length comes in pieces of bounded size, each row once and in its order', async () => {
  const person = await joinAs()
  const id = await idOf(person)
  const rows = 4 * exportPolicy.pageSize + 1
  // A thousand at each microsecond, so that pages end between rows of one time.
  await (await db()).$executeRaw`
    INSERT INTO "Event" ("name", "via", "accountId", "at")
    SELECT 'planted', lpad(n::text, 6, '0'), ${id}::uuid, now() - interval '1 hour' + (n / 1000) * interval '1 microsecond'
    FROM generate_series(1, ${rows}::int) AS n`
  const data = await exportAccount(id, newCaller())
  const pieces: string[] = []
  if (data.ok) for await (const piece of data.value) pieces.push(piece)
  const planted = JSON.parse(pieces.join('')).events.filter(({ name }: { name: string }) => name === 'planted')
  expect(planted.map(({ via }: { via: string }) => Number(via))).toEqual(Array.from({ length: rows }, (_, n) => n + 1))
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(exportPolicy.pageSize * 200)
})

test('what happens while it is read is not in it, and holds nobody up', async () => {
  const person = await joinAs()
  const data = await exportAccount(await idOf(person), newCaller())
  if (!data.ok) throw new Error(data.code)
  const read = [(await data.value.next()).value]
  await loggedIn(person)
  for await (const piece of data.value) read.push(piece)
  expect(JSON.parse(read.join('')).sessions).toEqual([])
})

test('an account is exported five times an hour, and does not grow by it', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  const id = await idOf(person)
  const exports = []
  for (let times = 0; times < 5; times += 1) exports.push(await exportOf(person))
  for (const text of exports) expect(text).toBe(exports[0])
  expect(await exportAccount(id, newCaller())).toMatchObject({
    ok: false,
    code: 'too_many_requests',
    waitSeconds: expect.any(Number),
  })
  expect(await exportAccount(await idOf(other), newCaller())).toMatchObject({ ok: true })
  await pass(id, 3_601)
  expect(await exportAccount(id, newCaller())).toMatchObject({ ok: true })
})

test('links that went to a former address are not in it', async () => {
  const person = await joinAs()
  await askForResetAs(person)
  const moved = await withEmail(person)
  const text = await exportOf(moved)
  expect(text).toContain(moved.email)
  expect(text).not.toContain(person.email)
})

async function exportOf(person: Person): Promise<string> {
  return readExport(await exportAccount(await idOf(person), newCaller()))
}
