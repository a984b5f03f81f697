import { expect } from '@playwright/test'
import { lookUp } from '@/tests/support/apps/raw-app'
import { type AppCrowd, enterAtLast, roam } from '@/tests/support/faults/app-crowd'
import { appsTest as test } from '@/tests/support/faults/apps-test'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { query } from '@/tests/support/postgres/query'
import { roundsOf } from '@/tests/support/sample'

test.setTimeout(900_000)

test('a thousand random orders of sign-in, code, redemption, sign-out, reset and erasure over two processes leave no access token alive and no session untold', async ({
  service,
  twin,
  apps,
}) => {
  const crowd: AppCrowd = { people: [], cookies: [], codes: [], entered: [] }
  for (let count = 0; count < roundsOf(24, 8); count += 1) crowd.people.push(await joinRaw(service))
  await roam(crowd, [service, twin], apps, roundsOf(1_000, 200))
  await enterAtLast(crowd, twin, apps)

  const seen = { alive: 0, over: 0 }
  for (const entered of crowd.entered) {
    const account = await fetch(`${twin.url}/fr/account`, { headers: { cookie: entered.cookie }, redirect: 'manual' })
    const isAlive = account.status === 200
    seen[isAlive ? 'alive' : 'over'] += 1
    expect(await lookUp(service, entered)).toBe(isAlive ? 200 : 401)
    if (isAlive) expect(entered.app.told).not.toContain(entered.sid)
    else await expect.poll(() => entered.app.told, { timeout: 20_000 }).toContain(entered.sid)
  }
  console.log(`${seen.alive} let in still, ${seen.over} told`)
  expect(Math.min(seen.alive, seen.over)).toBeGreaterThan(0)

  // A code of somebody who is out is worth nothing.
  for (const { app, cookie, code } of crowd.codes) {
    const account = await fetch(`${twin.url}/fr/account`, { headers: { cookie }, redirect: 'manual' })
    if (account.status !== 200) expect(await app.redeem(service, code)).toBe(null)
  }
  const untold = `SELECT 1 FROM "AppNotice" WHERE "toldAt" IS NULL AND "app" IS NOT NULL`
  expect(await query(service.databaseUrl, untold)).toEqual([])
})
