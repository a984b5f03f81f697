import { randomBytes, randomInt } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { expect, test } from '@playwright/test'
import { startApp } from '@/tests/support/app/app'
import type { Service } from '@/tests/support/app/service'
import { laws } from '@/tests/support/checks/laws'
import { signsIn, startReset } from '@/tests/support/faults/resets'
import { sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, type Person } from '@/tests/support/person'
import { startFakeResend } from '@/tests/support/resend/fake-resend'

const rounds = 4
const walkers = 5

/** What was answered to whom: null while the answer to a change was still to come. */
type Told = Map<Person, string | null>
type Local = Pick<Service, 'app' | 'url' | 'origin' | 'resend' | 'settings'>

test('the embedded database, killed under writes and opened again, has all that was confirmed and breaks no law', async () => {
  test.setTimeout(400_000)
  const folder = await mkdtemp(path.join(tmpdir(), 'embedded-'))
  const resend = await startFakeResend()
  const settings = {
    APP_SECRET: randomBytes(32).toString('base64'),
    RESEND_API_KEY: 're_test_123456789',
    RESEND_BASE_URL: resend.url,
    MAIL_FROM: 'Metamots <no-reply@metamots.example>',
    TRUSTED_IP_HEADER: 'x-test-address',
    CRON_SECRET: 'a-cron-secret-for-tests-only',
  }
  let app = await startApp({ dataDir: folder, env: settings })
  const local = (): Local => ({ app, url: app.url, origin: app.url, resend, settings })
  for (let round = 0; round < rounds; round += 1) {
    const told = await killUnderWrites(local())
    expect(await look(folder, laws), `after ${round + 1} kills`).toEqual([])
    app = await startApp({ dataDir: folder, env: settings, port: app.port, migrated: true })
    for (const [person, password] of told) await expectToGetIn(local(), person, password)
  }
  const last = await startReset(local())
  await sendReset(local(), last.open, last.person, newPassword)
  await mailTo(resend, last.person.email, 3)
  await app.stop()
  expect(await look(folder, laws)).toEqual([])
  const sent = await look(folder, `SELECT 'mail-' || "id" || ' ' || "providerId" FROM "Mail" WHERE "state" = 'sent'`)
  const accepted = resend.mails.map(({ key, id }) => `${key} ${id}`)
  expect(accepted).toEqual(expect.arrayContaining(sent))
  await resend.close()
  await rm(folder, { recursive: true })
})

/** People join and reset their passwords one after the other, several at once, until the application is killed. */
async function killUnderWrites(local: Local): Promise<Told> {
  const told: Told = new Map()
  let running = true
  let confirmed = 0
  const walk = async () => {
    while (running) {
      const { person, open } = await startReset(local)
      told.set(person, null)
      if (!succeeded(await sendReset(local, open, person, newPassword))) throw new Error('a reset was refused')
      told.set(person, newPassword)
      confirmed += 1
    }
  }
  const stop = (error: unknown) => {
    if (running) throw error
  }
  const walks = Promise.all(Array.from({ length: walkers }, () => walk().catch(stop)))
  await Promise.race([walks, expect.poll(() => confirmed, { intervals: [5], timeout: 60_000 }).toBeGreaterThan(3)])
  await sleep(randomInt(100))
  running = false
  await local.app.stop()
  return new Map(told)
}

/** By the password that was confirmed; where nothing was confirmed, by the former one or by the new one, never by both. */
async function expectToGetIn(local: Local, person: Person, confirmed: string | null): Promise<void> {
  const byNew = await signsIn(local, { ...person, password: newPassword })
  const byFormer = await signsIn(local, person)
  expect([byFormer, byNew]).toEqual(confirmed ? [false, true] : [!byNew, byNew])
}

/** Opens a copy of what a killed application left, and returns the first column of what is asked. */
async function look(folder: string, sql: string): Promise<unknown[]> {
  const copy = await mkdtemp(path.join(tmpdir(), 'embedded-copy-'))
  await cp(path.join(folder, 'database'), copy, { recursive: true })
  const database = await PGlite.create(copy)
  const { rows } = await database.query<Record<string, unknown>>(sql)
  await database.close()
  await rm(copy, { recursive: true })
  return rows.map((row) => Object.values(row)[0])
}
