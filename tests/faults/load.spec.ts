import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { readForm } from '@/tests/e2e/raw-form'
import { joinRaw, logInRaw, submitRaw } from '@/tests/e2e/raw-walks'
import type { Service } from '@/tests/e2e/service'
import { crowd, tally } from '@/tests/faults/crowd'
import { test } from '@/tests/faults/fixtures'
import { expectLaws } from '@/tests/faults/laws'
import { mailedReset } from '@/tests/faults/mailed'
import { openReset, sendReset, succeeded } from '@/tests/faults/walks'
import { query } from '@/tests/support/postgres-admin'

const megabytes = 1_024

test('F12: of 400 sign-ins at once those beyond the queue are told to come back, pages keep answering, memory stays bounded and links serve', async ({
  service,
}) => {
  const person = await joinRaw(service)
  const reset = await openReset(service, await mailedReset(service, person))
  const links = `SELECT * FROM "Token" ORDER BY "id"`
  const before = await query(service.databaseUrl, links)
  const form = await readForm(service.url, '/fr/login')
  // So that what is compiled and cached at first is not counted.
  await crowd(40, [service], (process, index) => submitRaw(process, form, stranger(index)))
  const atRest = await memoryOf(service)

  let isOver = false
  const watched = watch(service, () => isOver)
  const answers = await crowd(400, [service], (process, index) => submitRaw(process, form, stranger(index)))
  isOver = true
  const { pages, peak } = await watched

  const { busy = 0, invalid_credentials: refused = 0, ...others } = await tally(answers)
  expect(others).toEqual({})
  expect(busy + refused).toBe(400)
  expect(busy).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(0)
  expect(pages.filter((status) => status !== 200)).toEqual([])
  expect(pages.length).toBeGreaterThan(0)
  expect(peak - atRest).toBeLessThan(256 * megabytes)
  expect(await query(service.databaseUrl, links)).toEqual(before)
  expect(succeeded(await sendReset(service, reset, person, 'Un-n0uveau secret'))).toBe(true)
  await logInRaw(service, { ...person, password: 'Un-n0uveau secret' })
  await expectLaws(service)
})

function stranger(index: number): Record<string, string> {
  return { identifier: `nobody-${index}`, password: 'Un-n0uveau secret', locale: 'fr' }
}

/** Asks for the sign-in page again and again; the status of each answer, and the most memory that was seen meanwhile. */
async function watch(service: Service, isOver: () => boolean): Promise<{ pages: number[]; peak: number }> {
  const pages: number[] = []
  let peak = 0
  while (!isOver()) {
    const answer = await fetch(`${service.url}/fr/login`)
    await answer.text()
    if (isOver()) break
    pages.push(answer.status)
    peak = Math.max(peak, await memoryOf(service))
  }
  return { pages, peak }
}

/** What a process holds of the machine's memory, in kilobytes. */
async function memoryOf({ app }: Service): Promise<number> {
  return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${app.pid}/status`, 'utf8'))?.[1])
}
