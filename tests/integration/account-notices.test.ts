import { randomBytes, randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { changeLanguage } from '@/lib/accounts/change-language'
import { db, transaction } from '@/lib/db/client'
import { purge } from '@/lib/worker/retention'
import { tellApps } from '@/lib/worker/tell-apps'
import { idOf } from '@/tests/support/accounts/changes'
import { joinAs } from '@/tests/support/accounts/people'
import { forgetEnv } from '@/tests/support/apps/keys'
import { listen } from '@/tests/support/http/listener'
import { useService } from '@/tests/support/vitest/use-service'

const heard: { id: unknown; kind: string; at: string }[] = []
let status = 200
const application = await listen(async (request, response) => {
  const { type, timestamp } = JSON.parse(await text(request))
  heard.push({ id: request.headers['webhook-id'], kind: type.split('/').at(-1), at: timestamp })
  response.writeHead(status).end()
})
const crm = {
  id: 'crm',
  name: 'CRM',
  secret: 's'.repeat(32),
  redirect_uris: [`${application.url}/callback`],
  events_url: application.url,
  events_secret: `whsec_${randomBytes(32).toString('base64')}`,
}
afterAll(() => application.close())

useService('postgres')

beforeEach(async () => {
  heard.splice(0)
  status = 200
  useApp(crm)
  await (await db()).appNotice.deleteMany()
})

test('of sixty changes in a row one waits, and a change after it was told is told again', async () => {
  const accountId = await idOf(await joinAs())
  await changeOften(accountId, 60)
  expect(await (await db()).appNotice.count()).toBe(1)
  await tellApps()
  expect(heard).toHaveLength(1)
  await changeOften(accountId, 1)
  await tellApps()
  expect(heard).toHaveLength(2)
  expect(new Set(heard.map(({ id }) => id)).size).toBe(2)
})

test('what an application would not take gives its place to the next change, which has another id', async () => {
  const accountId = await idOf(await joinAs())
  status = 500
  for (let changes = 0; changes < 5; changes += 1) {
    await changeOften(accountId, 1)
    await tellApps()
  }
  expect(new Set(heard.map(({ id }) => id)).size).toBe(5)
  expect(await (await db()).appNotice.findMany()).toMatchObject([{ attempts: 1 }])
})

test('whatever an account was last, the later time says so', async () => {
  const [one, other] = [await idOf(await joinAs()), await idOf(await joinAs())]
  for (const isClosed of [true, false, true]) await setClosed(await db(), one, isClosed)
  await transaction(async (tx) => {
    // This one begins first and is the last to change something.
    await tx.$queryRaw`SELECT 1`
    await setClosed(await db(), other, true)
    await setClosed(tx, other, false)
  })
  expect(await lastOf(one)).toBe('account-disabled')
  expect(await lastOf(other)).toBe('account-enabled')
  await tellApps()
  expect(heard.map(({ kind }) => kind).toSorted()).toEqual([
    'account-disabled',
    'account-disabled',
    'account-enabled',
    'account-enabled',
  ])
})

test('a change at the moment at which the one before is handed out is told too', async () => {
  const accountId = await idOf(await joinAs())
  await changeOften(accountId, 1)
  let change = Promise.resolve()
  await transaction(async (tx) => {
    await tx.appNotice.deleteMany({ where: { accountId } })
    change = changeOften(accountId, 1)
    await sleep(300)
  })
  await change
  expect(await (await db()).appNotice.count()).toBe(1)
  await transaction(async (tx) => {
    await tx.account.update({ where: { id: accountId }, data: { firstName: 'Else' } })
    await tellApps()
    expect(heard).toEqual([])
  })
  await tellApps()
  expect(heard).toHaveLength(1)
})

test('what nobody swept for a week is told all the same, and forgotten after a day where nobody listens', async () => {
  const purged = { kind: 'account-purged', createdAt: new Date(Date.now() - 7 * 86_400_000) }
  for (const app of [null, 'crm'])
    await (await db()).appNotice.create({ data: { ...purged, app, accountId: randomUUID() } })
  await purge()
  await tellApps()
  expect(heard).toHaveLength(2)
  useApp()
  await (await db()).appNotice.create({ data: { ...purged, accountId: randomUUID() } })
  await purge()
  expect(await (await db()).appNotice.count()).toBe(0)
})

function useApp(...apps: object[]): void {
  process.env.APPS = JSON.stringify(apps)
  forgetEnv()
}

async function changeOften(accountId: string, times: number): Promise<void> {
  const client = await db()
  const { locale } = await client.account.findUniqueOrThrow({ where: { id: accountId } })
  for (let change = 0; change < times; change += 1)
    await changeLanguage(accountId, (change % 2 === 0) === (locale === 'fr') ? 'en' : 'fr')
}

async function setClosed(client: Pick<Awaited<ReturnType<typeof db>>, 'account'>, id: string, isClosed: boolean) {
  await client.account.update({
    where: { id },
    data: { closesAt: isClosed ? new Date(Date.now() + 86_400_000) : null },
  })
}

async function lastOf(accountId: string): Promise<string | undefined> {
  const notices = await (await db()).appNotice.findMany({ where: { accountId }, orderBy: { createdAt: 'desc' } })
  return notices[0]?.kind
}
