import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { purge } from '@/lib/worker/retention'
import { tellApps } from '@/lib/worker/tell-apps'
import { listen } from '@/tests/support/http/listener'
import { useService } from '@/tests/support/vitest/use-service'

/** What the application was told, and what it answers. */
const told: (string | undefined)[] = []
let status = 200
let hung = 0
const application = await listen(async (request, response) => {
  if (request.url === '/never') {
    hung += 1
    return
  }
  const token = new URLSearchParams(await text(request)).get('logout_token') ?? ''
  told.push(String(decodeJwt(token).sid))
  response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
})

beforeAll(() => {
  const { url } = application
  const shop = { id: 'shop', name: 'Shop', secret: 's'.repeat(32), redirect_uris: [`${url}/callback`] }
  process.env.APPS = JSON.stringify([
    { ...shop, backchannel_logout_uri: `${url}/out` },
    { ...shop, id: 'wiki', backchannel_logout_uri: `${url}/never` },
  ])
})
afterAll(() => application.close())

useService('postgres')

beforeEach(async () => {
  told.splice(0)
  status = 200
  await (await db()).appNotice.deleteMany()
})

test('an application is told at once, once more after a minute, and then no more', async () => {
  const sid = await notice()
  await tellApps()
  await tellApps()
  expect(told).toEqual([sid])
  await later('61 seconds')
  await tellApps()
  await later('61 seconds')
  await tellApps()
  expect(told).toEqual([sid, sid])
  expect(await (await db()).appNotice.count()).toBe(0)
})

test.each([503, 400, 302])('an application that answers %i is told again until it takes it', async (answer) => {
  const sid = await notice()
  status = answer
  for (let tries = 0; tries < 4; tries += 1) {
    await tellApps()
    await later('2 hours')
  }
  expect(told).toEqual([sid, sid, sid, sid])
  status = 200
  await tellApps()
  expect(await (await db()).appNotice.findFirstOrThrow()).toMatchObject({ toldAt: expect.any(Date) })
})

test('an application that never answers delays nobody else', async () => {
  await Promise.all(Array.from({ length: 60 }, () => notice('wiki')))
  const round = tellApps()
  await expect.poll(() => hung).toBeGreaterThan(0)
  const sid = await notice()
  const next = tellApps()
  await expect.poll(() => told, { timeout: 3_000 }).toEqual([sid])
  await Promise.all([round, next])
})

test('what an application is to be told that this process does not know is left to one that does', async () => {
  await notice('of the next release')
  await tellApps()
  await purge()
  expect(await (await db()).appNotice.findFirstOrThrow()).toMatchObject({ attempts: 0, leasedUntil: null })
})

test('of many workers at once each notice has one', async () => {
  const sids = await Promise.all(Array.from({ length: 50 }, () => notice()))
  await Promise.all(Array.from({ length: 8 }, () => tellApps()))
  expect(told.toSorted()).toEqual(sids.toSorted())
})

test('what a worker had taken up that was killed is told by another, once the lease is over', async () => {
  const sid = await notice()
  await (await db()).$executeRaw`UPDATE "AppNotice" SET "leasedUntil" = now() + interval '30 seconds'`
  await tellApps()
  expect(told).toEqual([])
  await later('31 seconds')
  await tellApps()
  expect(told).toEqual([sid])
})

test('what an application would not hear for three days is told no more, and what one that is named no more was to be told is forgotten', async () => {
  await notice('former')
  await notice()
  status = 503
  await (await db()).$executeRaw`UPDATE "AppNotice" SET "createdAt" = now() - interval '7 days'`
  await tellApps()
  expect(told).toHaveLength(1)
  await purge()
  expect(await (await db()).appNotice.count()).toBe(0)
})

async function notice(app = 'shop'): Promise<string> {
  const appSessionId = randomUUID()
  await (await db()).appNotice.create({ data: { app, kind: 'session-revoked', accountId: randomUUID(), appSessionId } })
  return appSessionId
}

/** As if so much time had passed since. */
async function later(time: string): Promise<void> {
  await (await db()).$executeRaw`
    UPDATE "AppNotice" SET "nextAttemptAt" = "nextAttemptAt" - ${time}::interval, "leasedUntil" = "leasedUntil" - ${time}::interval`
}
