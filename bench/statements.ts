import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLine } from '@/bench/line'
import { printTable } from '@/bench/report'
import { startOurs, startPeer } from '@/bench/stands'
import { type Walks, walksOfOurs, walksOfPeer } from '@/bench/walks'
import { startPostgres } from '@/tests/support/postgres/server'

const kinds = ['logIn', 'wrongPassword', 'resetUnknown', 'resetKnown', 'session'] as const

/** Prints how many round trips to the database each walk takes until it is answered, by the log of a database of its own. */
export async function printStatements(): Promise<void> {
  const postgres = await startPostgres({ settings: { log_statement: 'all', log_parameter_max_length: 0 } })
  const [ours, peer] = [await startOurs(postgres), await startPeer(postgres)]
  const all: [number, Walks][] = [
    [ours.port, await walksOfOurs(ours, 5)],
    [peer.port, await walksOfPeer(peer, 5)],
  ]
  const log = async () =>
    (await readFile(postgres.logFile, 'utf8')).match(/LOG: {2}(?:statement|execute [^:]*): /g)?.length ?? 0
  const counts = await Promise.all(all.map(() => kinds.map(() => Number.POSITIVE_INFINITY)))
  // What a sweep adds now and then is not the walk's: the least of two is.
  for (let round = 0; round < 2; round += 1)
    for (const [place, [port, walks]] of all.entries())
      for (const [index, kind] of kinds.entries()) {
        await sleep(2_200)
        const line = await openLine(port)
        const before = await log()
        await line.ask(walks[kind]())
        const row = counts[place] as number[]
        row[index] = Math.min(row[index] ?? 0, (await log()) - before)
        line.hangUp()
      }
  await Promise.all([ours.stop(), peer.stop()])
  await postgres.stop()
  const names = ['sign-in', 'wrong password', 'reset request, unknown', 'reset request, known', 'session']
  printTable(
    'Round trips to the database until the answer',
    ['', 'ours', 'better-auth'],
    names.map((name, index) => [name, ...counts.map((row) => `${row[index]}`)]),
  )
}
