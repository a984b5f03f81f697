import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import words from '@/messages/fr.json' with { type: 'json' }
import { kill, revive } from '@/tests/support/app/crash'
import type { Service } from '@/tests/support/app/service'
import { breaches, expectLaws } from '@/tests/support/checks/laws'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { done, outcomeOf, type Resetting, signsIn, startReset, untouched } from '@/tests/support/faults/resets'
import { sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

test('when nobody takes the log any more, people still get in and every change of a password is recorded', async ({
  service,
}) => {
  const reset = await startReset(service)
  service.app.deafen()
  await expectService(service, reset)
})

test('when the disk of the log is full, people still get in and every change of a password is recorded', async ({
  service,
}, info) => {
  test.skip(process.platform !== 'linux', 'the limit of a running process is set by prlimit')
  const reset = await startReset(service)
  await kill(service)
  const output = info.outputPath('log')
  await revive(service, { output })
  const { size } = statSync(output)
  execFileSync('prlimit', [`--pid=${service.app.pid}`, `--fsize=${size}:`])
  await expectService(service, reset)
  expect(statSync(output).size).toBe(size)
})

test('when the disk has no room for the record of a change, the password is not changed', async ({ service }) => {
  test.skip(process.platform !== 'linux', 'the limit of a running process is set by prlimit')
  const reset = await startReset(service)
  await fillEvents(service)
  const [{ size } = {}] = await query(service.databaseUrl, `SELECT pg_relation_size('"Event"') AS size`)
  expect(Number(size)).toBeGreaterThan(16 * 1_024 * 1_024)
  await limitFiles(service, String(size))
  await fillGaps(service)
  try {
    const answer = await sendReset(service, reset.open, reset.person, newPassword)
    expect([answer.status, (await answer.text()).includes(words.formCodes.unexpected)]).toEqual([200, true])
    expect(await signsIn(service, reset.person)).toBe(false)
    expect(await breaches(service.databaseUrl)).toEqual([])
  } finally {
    await limitFiles(service, 'unlimited')
    await query(service.databaseUrl, `DELETE FROM "Event" WHERE "name" LIKE 'xxx%'`)
  }
  expect(await outcomeOf(service, reset)).toEqual(untouched)
  expect(succeeded(await sendReset(service, reset.open, reset.person, newPassword))).toBe(true)
  await expectLaws(service)
})

/** Signing in, and a reset with all that belongs to it. */
async function expectService(service: Service, reset: Resetting): Promise<void> {
  for (let times = 0; times < 5; times += 1) expect(await signsIn(service, reset.person)).toBe(true)
  expect(succeeded(await sendReset(service, reset.open, reset.person, newPassword))).toBe(true)
  await expectLaws(service)
  expect(await outcomeOf(service, reset)).toEqual(done)
}

/**
 * Fills twenty megabytes without a gap: four events to a page, each just too small to be compressed, more than any segment
 * of the server's own log.
 */
async function fillEvents({ databaseUrl }: Service): Promise<void> {
  await query(
    databaseUrl,
    `ALTER TABLE "Event" SET (autovacuum_enabled = off);
    INSERT INTO "Event" ("name") SELECT repeat('x', 1960) FROM generate_series(1, 10000)`,
  )
}

/** Puts the smallest events wherever there is still room. */
async function fillGaps({ databaseUrl }: Service): Promise<void> {
  await query(
    databaseUrl,
    `DO $$ BEGIN LOOP
      BEGIN INSERT INTO "Event" ("name") VALUES ('xxx'); EXCEPTION WHEN OTHERS THEN EXIT; END;
      COMMIT;
    END LOOP; END $$`,
  )
}

/** How large a file may become that the database writes for the application from now on. */
async function limitFiles({ postgres, databaseUrl }: Service, bytes: string): Promise<void> {
  const { uid, gid } = statSync(path.dirname(postgres.logFile))
  execFileSync('prlimit', [`--pid=${postgres.pid}`, `--fsize=${bytes}:`], { uid, gid, cwd: '/' })
  const name = new URL(databaseUrl).pathname.slice(1)
  await query(
    postgres.url('postgres'),
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  )
}
