import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { expectLaws } from '@/tests/support/checks/laws'
import { countAnswers, crowd } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { openReset } from '@/tests/support/faults/resets'
import { codeOf } from '@/tests/support/http/answers'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { joinRaw, logInRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

const megabytes = 1_024

test('of 400 sign-ins at once those beyond the queue are told to come back, pages keep answering, memory stays bounded and links serve', async ({
  service,
}) => {
  const person = await joinRaw(service)
  const reset = await openReset(service, person)
  const links = `SELECT * FROM "Token" ORDER BY "id"`
  const before = await query(service.databaseUrl, links)
  const form = await readForm(service.url, '/fr/login')
  // So that what is compiled and cached at first is not counted.
  await crowd(40, [service], (process, index) => submitRaw(process, form, stranger(index)))
  const atRest = await memoryOf(service)
  const send = (process: Service, index: number) => submitRaw(process, form, stranger(index))
  const capacity = await paceOf(
    () => crowd(8, [service], () => inTurn(10, (index) => send(service, 1_000 + index))),
    80,
  )

  let isOver = false
  const watched = watch(service, () => isOver)
  let lastServedMs = 0
  const began = performance.now()
  const answers = await crowd(400, [service], async (process, index) => {
    const answer = await send(process, index)
    if ((await codeOf(answer)) !== 'busy') lastServedMs = performance.now() - began
    return answer
  })
  isOver = true
  const { pages, peak } = await watched

  const { busy = 0, invalid_credentials: refused = 0, ...others } = await countAnswers(answers)
  expect(others).toEqual({})
  expect(busy + refused).toBe(400)
  expect(busy).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(8)
  // Almost as many a second as when they come one after another.
  expect((refused * 1_000) / lastServedMs).toBeGreaterThan(0.6 * capacity)
  expect(pages.filter((status) => status !== 200)).toEqual([])
  expect(pages.length).toBeGreaterThan(0)
  expect(peak - atRest).toBeLessThan(384 * megabytes)
  expect(await query(service.databaseUrl, links)).toEqual(before)
  expect(succeeded(await sendReset(service, reset, person, newPassword))).toBe(true)
  await logInRaw(service, { ...person, password: newPassword })
  await expectLaws(service)
})

/** How many a second that is, when so many are done by a work. */
async function paceOf(work: () => Promise<unknown>, count: number): Promise<number> {
  const began = performance.now()
  await work()
  return (count * 1_000) / (performance.now() - began)
}

async function inTurn(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  for (let index = 0; index < count; index += 1) await work(index)
}

function stranger(index: number): Record<string, string> {
  return { identifier: `nobody-${index}`, password: newPassword, locale: 'fr' }
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
