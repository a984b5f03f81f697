import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@playwright/test'
import { endLeases } from '@/tests/support/app/crash'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { type Resetting, signsIn, startReset } from '@/tests/support/faults/resets'
import { sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

test('a database that falls and comes back under fifty resets loses none that was confirmed, and all who try again succeed', async ({
  service,
}) => {
  test.setTimeout(400_000)
  const resets = await startResets(service, 50)
  const { confirmed, ended } = sendAll(service, resets)
  await expect.poll(() => confirmed.size, { intervals: [5] }).toBeGreaterThanOrEqual(10)
  await service.postgres.restart({ immediate: true })
  expect(confirmed.size, 'the fault came while some were under way').toBeLessThan(50)
  await expectReady(service, 10_000)
  await ended
  await endLeases(service)
  await expectLaws(service)
  expect(
    await query(
      service.databaseUrl,
      `SELECT 1 FROM "Event" WHERE "name" = 'authn_password_change' AND "via" = 'password_reset'`,
    ),
  ).toHaveLength(50)
  expect(await lost(service, resets)).toEqual([])
})

test('where a commit does not wait for the disk, the same search finds what was confirmed and lost', async ({
  service,
}) => {
  const resets = await startResets(service, 5)
  await leaveCommitsInMemory(service)
  const { confirmed, ended } = sendAll(service, resets)
  await ended
  expect(confirmed.size).toBe(5)
  await service.postgres.restart({ immediate: true })
  await expectReady(service, 10_000)
  expect(await lost(service, resets)).toHaveLength(5)
})

/** Answers commits before they are written, and stops what would write them a moment later. */
async function leaveCommitsInMemory({ postgres, databaseUrl }: Service): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1)
  await query(databaseUrl, `ALTER DATABASE "${name}" SET synchronous_commit = off`)
  const writer = `SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'`
  const [{ pid } = {}] = await query(postgres.url('postgres'), writer)
  process.kill(Number(pid), 'SIGSTOP')
  await query(
    postgres.url('postgres'),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  )
}

async function startResets(service: Service, count: number): Promise<Resetting[]> {
  const resets: Resetting[] = []
  const startNext = async () => {
    while (resets.length < count) resets.push(await startReset(service))
  }
  await Promise.all([startNext(), startNext()])
  return resets.slice(0, count)
}

/** Sends every form at once, each again for as long as the answer leaves hope, as people would. */
function sendAll(service: Service, resets: Resetting[]): { confirmed: Set<Resetting>; ended: Promise<unknown> } {
  const confirmed = new Set<Resetting>()
  const sendOne = async (reset: Resetting) => {
    for (;;) {
      const answer = await sendReset(service, reset.open, reset.person, newPassword)
      if (succeeded(answer)) return confirmed.add(reset)
      if (answer.headers.get('location')?.startsWith('/fr/reset-password?link=')) return
      expect([200, 500, 503]).toContain(answer.status)
      expect(await answer.text()).not.toMatch(/Prisma|Postgres|node_modules|\bat \S+ \(/)
      await sleep(200)
    }
  }
  return { confirmed, ended: Promise.all(resets.map(sendOne)) }
}

async function lost(service: Service, resets: Resetting[]): Promise<string[]> {
  const lost: string[] = []
  for (const { person } of resets)
    if (!(await signsIn(service, { ...person, password: newPassword }))) lost.push(person.email)
  return lost
}

async function expectReady({ url }: Service, timeout: number): Promise<void> {
  await expect.poll(async () => (await fetch(`${url}/api/health/ready`)).status, { timeout }).toBe(200)
}
