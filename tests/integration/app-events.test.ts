import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepAccount } from '@/lib/accounts/close-account'
import { logOut } from '@/lib/accounts/log-out'
import { reachApp } from '@/lib/apps/records'
import { db } from '@/lib/db/client'
import { eraseAccount } from '@/lib/worker/erasure'
import { tellApps } from '@/lib/worker/tell-apps'
import { correctDetails, idOf, sessionOf, withEmail } from '@/tests/support/accounts/changes'
import { closeAs } from '@/tests/support/accounts/closing'
import { askForResetAs, joinAs, newCaller } from '@/tests/support/accounts/people'
import { listen } from '@/tests/support/http/listener'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

type Heard = { type: string; data: { subject: object; sid?: string } }

const secret = `whsec_${randomBytes(32).toString('base64')}`
const heard: { id: unknown; path: string | undefined; event: Heard }[] = []
let status = 200
const application = await listen(async (request, response) => {
  // What an application uses to know that it is ours.
  const event = new Webhook(secret).verify(await text(request), headersOf(request.headers)) as Heard
  heard.push({ id: request.headers['webhook-id'], path: request.url, event })
  response.writeHead(status).end()
})

beforeAll(() => {
  const { url } = application
  const one = { name: 'One', secret: 's'.repeat(32), redirect_uris: [`${url}/callback`] }
  const ear = { events_secret: secret }
  process.env.APPS = JSON.stringify([
    { ...one, id: 'crm', ...ear, events_url: `${url}/crm` },
    { ...one, id: 'wiki', ...ear, events_url: `${url}/wiki` },
    { ...one, id: 'deaf' },
  ])
})
afterAll(() => application.close())

useService('postgres')

beforeEach(async () => {
  heard.splice(0)
  status = 200
  await (await db()).appNotice.deleteMany()
})

test('each application that listens hears once what becomes of an account, by its id and nothing else', async () => {
  const person = await joinAs()
  const accountId = await idOf(person)
  const moved = await withEmail(person, newPerson().email)
  await correctDetails(moved, { firstName: 'Else' })
  await closeAs({ ...moved, firstName: 'Else' })
  await keepAccount(accountId, newCaller())
  await eraseAccount(accountId, { name: 'somebody', reason: null })
  await tellApps()
  await tellApps()
  const kinds = ['identifier-changed', 'token-claims-change', 'account-disabled', 'account-enabled', 'account-purged']
  for (const path of ['/crm', '/wiki'])
    expect(
      heard
        .filter((each) => each.path === path)
        .map(kindOf)
        .toSorted(),
    ).toEqual(kinds.toSorted())
  const subject = { format: 'iss_sub', iss: 'http://localhost:3000', sub: accountId }
  expect(heard.every(({ event }) => JSON.stringify(event.data.subject) === JSON.stringify(subject))).toBe(true)
  for (const secretly of [person.email, moved.email, person.lastName])
    expect(JSON.stringify(heard)).not.toContain(secretly)
  expect(await (await db()).appNotice.count()).toBe(0)
})

test('an event that is not taken comes again under the same id', async () => {
  status = 500
  await (await db()).appNotice.create({ data: { app: 'crm', kind: 'account-purged', accountId: randomUUID() } })
  await tellApps()
  await (await db()).$executeRaw`UPDATE "AppNotice" SET "nextAttemptAt" = now()`
  status = 200
  await tellApps()
  expect(heard).toHaveLength(2)
  expect(new Set(heard.map(({ id }) => id)).size).toBe(1)
})

test('an application without a back-channel hears by an event that a session in it is over', async () => {
  const session = await sessionOf(await joinAs())
  const { id } = await (await db()).session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
  const sid = await reachApp(id, 'crm')
  await logOut(session)
  await tellApps()
  expect(heard.map(({ path, event }) => [path, event.type.split('/').at(-1), event.data.sid])).toEqual([
    ['/crm', 'session-revoked', sid],
  ])
})

test('an application without a back-channel too is told of the end of a session once more, by an event of another id', async () => {
  const end = { app: 'crm', kind: 'session-revoked', accountId: randomUUID(), appSessionId: randomUUID() }
  const deaf = { ...end, app: 'deaf' }
  await (await db()).appNotice.createMany({ data: [end, deaf] })
  for (let rounds = 0; rounds < 3; rounds += 1) {
    await tellApps()
    await (await db()).$executeRaw`UPDATE "AppNotice" SET "nextAttemptAt" = "nextAttemptAt" - interval '61 seconds'`
  }
  expect(heard.map(({ event }) => event.data.sid)).toEqual([end.appSessionId, end.appSessionId])
  expect(new Set(heard.map(({ id }) => id)).size).toBe(2)
  expect(await (await db()).appNotice.count()).toBe(0)
})

test('asking for a reset and signing in write no event, whoever asks', async () => {
  const person = await joinAs()
  await askForResetAs(person)
  await askForResetAs(newPerson())
  await sessionOf(person)
  expect(await (await db()).appNotice.count()).toBe(0)
})

function kindOf({ event }: { event: Heard }): string | undefined {
  return event.type.split('/').at(-1)
}

function headersOf(headers: IncomingHttpHeaders): Record<string, string> {
  return headers as Record<string, string>
}
