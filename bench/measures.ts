import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { hash, verify } from '@node-rs/argon2'
import { type Answer, type Line, openLine } from '@/bench/line'
import type { Stand } from '@/bench/stands'
import type { Walks } from '@/bench/walks'
import { hashPolicy } from '@/lib/policy'

/** How many passwords this machine verifies in a second, on all its cores and with nothing else to do. */
export async function rawVerifications(seconds: number): Promise<number> {
  const kept = await hash('one', hashPolicy)
  return perSecond(availableParallelism(), seconds, async () => {
    await verify(kept, 'one')
    return true
  })
}

/** How many requests a second are answered as they should be, over so many connections without a pause. */
export async function throughput(
  { port }: Stand,
  next: () => Buffer,
  isRight: (answer: Answer) => boolean,
  { lines = 8, seconds = 4 } = {},
): Promise<number> {
  const all = await Promise.all(Array.from({ length: lines }, () => openLine(port)))
  const free = [...all]
  const done = await perSecond(lines, seconds, async () => {
    const line = free.pop() as Line
    const answer = await line.ask(next())
    free.push(line)
    return isRight(answer)
  })
  for (const line of all) line.hangUp()
  return done
}

async function perSecond(workers: number, seconds: number, work: () => Promise<boolean>): Promise<number> {
  const [began, endsAt] = [performance.now(), performance.now() + seconds * 1_000]
  let done = 0
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (performance.now() < endsAt) if (await work()) done += 1
    }),
  )
  return (done * 1_000) / (performance.now() - began)
}

/** The milliseconds of requests that are sent one at a time, of every kind in turn, with a pause between. */
export async function latencies(
  kinds: { port: number; next: () => Buffer }[],
  count: number,
  pauseMs: number,
): Promise<number[][]> {
  const lines = await Promise.all(kinds.map(({ port }) => openLine(port)))
  const times: number[][] = kinds.map(() => [])
  for (let round = 0; round < count; round += 1)
    for (const [index, { next }] of kinds.entries()) {
      const { status, milliseconds } = await (lines[index] as Line).ask(next())
      if (status >= 400) throw new Error(`answered ${status}`)
      times[index]?.push(milliseconds)
      await sleep(pauseMs)
    }
  for (const line of lines) line.hangUp()
  return times
}

/** The milliseconds of a core that one request takes, with what it sets off in the two seconds and a half after the last. */
export async function coreMsOf(stand: Stand, next: () => Buffer, count: number): Promise<number> {
  const before = await stand.cpuMs()
  await latencies([{ port: stand.port, next }], count, 0)
  await sleep(2_500)
  return ((await stand.cpuMs()) - before) / count
}

export type Crowd = {
  served: number
  refused: number
  lost: number
  perSecond: number
  /** Of those who were refused. */
  refusedP99: number
  healthP99: number
  pageP99: number
  peakMegabytes: number
}

/**
 * So many sign-ins at once, each over a connection of its own and half of them with the body after the head; meanwhile somebody
 * asks for health and a page, over and over.
 */
export async function crowdOf(stand: Stand, walks: Walks, count: number): Promise<Crowd> {
  const requests = Array.from({ length: count }, () => walks.logIn())
  let isOver = false
  const watched = Promise.all([
    watch(stand, walks.health, () => isOver),
    watch(stand, walks.page, () => isOver),
    peakOf(stand, () => isOver),
  ])
  const began = performance.now()
  let lastServedAt = began
  const refusals: number[] = []
  const outcomes = await Promise.all(
    requests.map(async (request, index) => {
      try {
        const line = await openLine(stand.port)
        const answer = await line.ask(request, index % 2 === 0 ? 0 : 1 + (index % 20))
        line.hangUp()
        if (!walks.isIn(answer)) {
          refusals.push(performance.now() - began)
          return 'refused'
        }
        lastServedAt = performance.now()
        return 'served'
      } catch {
        return 'lost'
      }
    }),
  )
  isOver = true
  const [health, page, peakMegabytes] = await watched
  const countOf = (outcome: string) => outcomes.filter((each) => each === outcome).length
  const served = countOf('served')
  return {
    served,
    refused: countOf('refused'),
    lost: countOf('lost'),
    perSecond: (served * 1_000) / Math.max(1, lastServedAt - began),
    refusedP99: quantile(refusals, 0.99),
    healthP99: quantile(health, 0.99),
    pageP99: quantile(page, 0.99),
    peakMegabytes,
  }
}

async function watch({ port }: Stand, next: () => Buffer, isOver: () => boolean): Promise<number[]> {
  const line = await openLine(port)
  const times: number[] = []
  while (!isOver()) {
    times.push((await line.ask(next())).milliseconds)
    await sleep(20)
  }
  line.hangUp()
  return times
}

async function peakOf(stand: Stand, isOver: () => boolean): Promise<number> {
  let peak = 0
  while (!isOver()) {
    peak = Math.max(peak, (await stand.memory()).tree)
    await sleep(200)
  }
  return peak
}

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
