import { expect } from '@playwright/test'
import { kill, revive } from '@/tests/support/app/crash'
import type { Service } from '@/tests/support/app/service'
import type { Entered, RawApp } from '@/tests/support/apps/raw-app'
import { type Three, appsTest as test } from '@/tests/support/faults/apps-test'
import { openReset } from '@/tests/support/faults/resets'
import { joinRaw, logInRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { newPassword, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

test('what an application could not hear for an hour it hears when it is back, and nobody else waits for it', async ({
  service,
  apps,
}) => {
  const [shop, ...others] = apps
  const { person, sids } = await enterAll(service, apps)
  shop.answers = 'nothing'
  await reset(service, person)
  for (const [place, app] of others.entries()) await expect.poll(() => app.told).toEqual([sids[place + 1]])
  shop.answers = 'failure'
  await later(service, '1 hour')
  await expect.poll(() => shop.missed.length).toBeGreaterThan(1)
  shop.answers = 'all'
  await later(service, '1 hour')
  await expect.poll(() => shop.told, { timeout: 30_000 }).toContain(sids[0])
})

test('a process killed before or after an application took what it was told leaves nobody untold', async ({
  service,
  apps,
}) => {
  for (const hears of [false, true]) {
    const { person, sids } = await enterAll(service, apps)
    const [shop] = apps
    shop.answers = hears ? 'too late' : 'nothing'
    await reset(service, person)
    await expect.poll(() => [...shop.missed, ...shop.told]).toContain(sids[0])
    await kill(service)
    shop.answers = 'all'
    const before = shop.told.length
    await revive(service)
    await later(service, '31 seconds')
    await expect.poll(() => shop.told.slice(before), { timeout: 30_000 }).toContain(sids[0])
    for (const [place, app] of apps.entries())
      await expect.poll(() => app.told, { timeout: 30_000 }).toContain(sids[place])
  }
})

/** Has somebody new enter every application. */
async function enterAll(service: Service, apps: Three): Promise<{ person: Person; sids: string[] }> {
  const person = await joinRaw(service)
  const cookie = await logInRaw(service, person)
  const enter = async (app: RawApp) => (await app.redeem(service, await app.ask(service, cookie))) as Entered
  return { person, sids: (await Promise.all(apps.map(enter))).map(({ sid }) => sid) }
}

async function reset(service: Service, person: Person): Promise<void> {
  const answer = await sendReset(service, await openReset(service, person), person, newPassword)
  expect(succeeded(answer)).toBe(true)
}

/** As if so much time had passed for what is to be told. */
async function later({ databaseUrl }: Service, time: string): Promise<void> {
  await query(
    databaseUrl,
    `UPDATE "AppNotice" SET "nextAttemptAt" = "nextAttemptAt" - interval '${time}', "leasedUntil" = "leasedUntil" - interval '${time}'`,
  )
}
