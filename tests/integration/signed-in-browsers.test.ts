import { expect, test } from 'vitest'
import { logOutSession } from '@/lib/accounts/log-out'
import { findSession, listSessions } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { accountIn, sessionOf } from '@/tests/support/accounts/changes'
import { joinAs, newCaller } from '@/tests/support/accounts/people'
import type { Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('somebody sees each browser that is signed in, the own one first, and signs out one of them alone', async () => {
  const person = await joinAs()
  const [phone, here, library] = [
    await signIn(person, 'Safari'),
    await signIn(person, 'Firefox'),
    await signIn(person, null),
  ]
  const account = await accountIn(here)
  const browsers = await listSessions(account.id, here)
  expect(browsers.map(({ device, isThisOne }) => [device.browser, isThisOne])).toEqual([
    ['Firefox', true],
    [null, false],
    ['Safari', false],
  ])
  for (const { createdAt, lastSeenAt } of browsers)
    expect([createdAt, lastSeenAt]).toEqual([expect.any(Date), createdAt])

  await logOutSession(account.id, browsers[1]?.id ?? '')
  expect(await findSession(library)).toBeNull()
  expect(await findSession(phone)).toMatchObject({ email: person.email })
  expect(await findSession(here)).toMatchObject({ email: person.email })
  expect(await listSessions(account.id, here)).toHaveLength(2)
})

test('nobody signs out a browser of another account', async () => {
  const [victim, mallory] = [await signIn(await joinAs()), await signIn(await joinAs())]
  const [browser] = await listSessions((await accountIn(victim)).id, null)
  await logOutSession((await accountIn(mallory)).id, browser?.id ?? '')
  expect(await findSession(victim)).not.toBeNull()
})

test('a browser whose session is over is not listed, and signing it out records nothing', async () => {
  const person = await joinAs()
  const here = await signIn(person)
  await signIn(person)
  const { id } = await accountIn(here)
  const other = (await listSessions(id, here))[1]?.id ?? ''
  const client = await db()
  await client.$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() - interval '1 day' WHERE "id" = ${other}::uuid`
  expect(await listSessions(id, here)).toHaveLength(1)
  const ended = () => client.event.count({ where: { accountId: id, name: 'session_expired' } })
  await logOutSession(id, other)
  expect(await ended()).toBe(1)
  await logOutSession(id, other)
  expect(await ended()).toBe(1)
})

function signIn(person: Person, browser: string | null = 'Firefox'): Promise<string> {
  const caller = { ...newCaller(), device: { browser, system: browser && 'Linux' } }
  return sessionOf(person, { caller })
}
