import { randomBytes, randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { tellApps } from '@/lib/worker/tell-apps'
import { listen } from '@/tests/support/http/listener'
import { useService } from '@/tests/support/vitest/use-service'

/** The ends of sessions that applications heard of. What else becomes of accounts none of them ever takes. */
const told: unknown[] = []
const application = await listen(async (request, response) => {
  const body = await text(request)
  const sid = request.url === '/out' ? endedBy(body) : JSON.parse(body).data.sid
  if (!sid) return
  told.push(sid)
  response.end()
})

beforeAll(() => {
  const { url } = application
  const one = { name: 'One', secret: 's'.repeat(32), redirect_uris: [`${url}/callback`] }
  const ear = { events_url: `${url}/events`, events_secret: `whsec_${randomBytes(32).toString('base64')}` }
  process.env.APPS = JSON.stringify([
    { ...one, id: 'shop', ...ear, backchannel_logout_uri: `${url}/out` },
    { ...one, id: 'crm', ...ear },
  ])
})
afterAll(() => application.close())

useService('postgres')

beforeEach(async () => {
  told.splice(0)
  await (await db()).appNotice.deleteMany()
})

test.each(['shop', 'crm'])('the end of a session waits for nothing else that %s was to hear', async (app) => {
  await (await db()).appNotice.createMany({
    data: Array.from({ length: 1_500 }, () => ({ app, kind: 'token-claims-change', accountId: randomUUID() })),
  })
  const round = tellApps()
  const [sid] = await ends(1, app)
  const next = tellApps()
  // Before the first of what hangs is given up.
  await expect.poll(() => told, { timeout: 4_500 }).toEqual([sid])
  await Promise.all([round, next])
})

test.each([0, 3])(
  'whoever signs out now is told of before those who did in an outage, told %i times in vain',
  async (attempts) => {
    const hourAgo = new Date(Date.now() - 3_600_000)
    await ends(400, 'shop', { attempts, createdAt: hourAgo, nextAttemptAt: hourAgo })
    const [sid] = await ends(1)
    await tellApps()
    expect(told.slice(0, 40)).toContain(sid)
  },
)

async function ends(count: number, app = 'shop', more: object = {}): Promise<string[]> {
  const sids = Array.from({ length: count }, () => randomUUID())
  await (await db()).appNotice.createMany({
    data: sids.map((appSessionId) => ({
      app,
      kind: 'session-revoked',
      accountId: randomUUID(),
      appSessionId,
      ...more,
    })),
  })
  return sids
}

function endedBy(body: string): unknown {
  return decodeJwt(new URLSearchParams(body).get('logout_token') ?? '').sid
}
