import { expect, test } from 'vitest'
import { logIn } from '@/lib/accounts/log-in'
import { findSession, type SessionAccount } from '@/lib/accounts/sessions'
import { listSignedInBrowsers, signOutBrowser } from '@/lib/accounts/signed-in-browsers'
import { db } from '@/lib/db/client'
import { join, newCaller } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

test('somebody sees each browser that is signed in, the own one first, and signs out one of them alone', async () => {
  const person = await join(newPerson())
  const [phone, here, library] = [
    await signIn(person, 'Safari'),
    await signIn(person, 'Firefox'),
    await signIn(person, null),
  ]
  const account = await accountOf(here)
  const browsers = await listSignedInBrowsers(account.id, here)
  expect(browsers.map(({ device, isThisOne }) => [device.browser, isThisOne])).toEqual([
    ['Firefox', true],
    [null, false],
    ['Safari', false],
  ])
  for (const { createdAt, lastSeenAt } of browsers)
    expect([createdAt, lastSeenAt]).toEqual([expect.any(Date), createdAt])

  await signOutBrowser(account.id, browsers[1]?.id ?? '')
  expect(await findSession(library)).toBeNull()
  expect(await findSession(phone)).toMatchObject({ email: person.email })
  expect(await findSession(here)).toMatchObject({ email: person.email })
  expect(await listSignedInBrowsers(account.id, here)).toHaveLength(2)
})

test('nobody signs out a browser of another account', async () => {
  const [victim, mallory] = [await signIn(await join(newPerson())), await signIn(await join(newPerson()))]
  const [browser] = await listSignedInBrowsers((await accountOf(victim)).id, null)
  await signOutBrowser((await accountOf(mallory)).id, browser?.id ?? '')
  expect(await findSession(victim)).not.toBeNull()
})

test('a browser whose session is over is not listed, and signing it out records nothing', async () => {
  const person = await join(newPerson())
  const here = await signIn(person)
  await signIn(person)
  const { id } = await accountOf(here)
  const other = (await listSignedInBrowsers(id, here))[1]?.id ?? ''
  const client = await db()
  await client.$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() - interval '1 day' WHERE "id" = ${other}::uuid`
  expect(await listSignedInBrowsers(id, here)).toHaveLength(1)
  const ended = () => client.event.count({ where: { accountId: id, name: 'session_expired' } })
  await signOutBrowser(id, other)
  expect(await ended()).toBe(1)
  await signOutBrowser(id, other)
  expect(await ended()).toBe(1)
})

async function signIn({ email, password }: Person, browser: string | null = 'Firefox'): Promise<string> {
  const caller = { ...newCaller(), device: { browser, system: browser && 'Linux' } }
  const result = await logIn({ identifier: email, password, locale: 'fr' }, caller, { session: null, device: null })
  if (!result.ok) throw new Error(result.code)
  return result.value.session
}

async function accountOf(session: string): Promise<SessionAccount> {
  const account = await findSession(session)
  if (!account) throw new Error('not signed in')
  return account
}
