import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { hash } from '@node-rs/argon2'
import { fill } from '@/bench/fill'
import { latencies, quantile } from '@/bench/measures'
import { wholeReadsOf } from '@/bench/plans'
import { printTable } from '@/bench/report'
import { type Stand, startOurs } from '@/bench/stands'
import { type Walks, walksOfOurs } from '@/bench/walks'
import { hashPolicy } from '@/lib/policy'
import { startPostgres } from '@/tests/support/postgres/server'

// npm run bench:scale [-- --accounts 1000000]: what the walks cost among so many accounts and ten times as many other rows, beside a
// thousand, and which statements of a request, the worker and the upkeep would read a whole table then.
const { values } = parseArgs({ options: { accounts: { type: 'string', default: '1000000' } } })
const accounts = Number(values.accounts)
const began = performance.now()
const postgres = await startPostgres({
  settings: { log_statement: 'all', log_parameter_max_length: 0, log_line_prefix: '%d|', max_wal_size: '4GB' },
})
const passwordHash = await hash('one', hashPolicy)
const stands: { stand: Stand; walks: Walks }[] = []
for (const count of [1_000, accounts]) {
  const stand = await startOurs(postgres)
  await fill(stand.databaseUrl, count, passwordHash)
  stands.push({ stand, walks: await walksOfOurs(stand, 100) })
  console.log(`${count} accounts after ${minutes()} minutes`)
}

const kinds = ['logIn', 'wrongPassword', 'resetUnknown', 'resetKnown', 'session'] as const
const asked = kinds.flatMap((kind) => stands.map(({ stand: { port }, walks }) => ({ port, next: walks[kind] })))
await latencies(asked, 20, 0)
const medians = (await latencies(asked, 200, 5)).map((times) => quantile(times, 0.5))
// An upkeep comes each minute.
await sleep(65_000)
const large = stands[1]?.stand as Stand
const whole = await wholeReadsOf(large.databaseUrl, await readFile(postgres.logFile, 'utf8'))
for (const { stand } of stands) await stand.stop()
await postgres.stop()

const names = ['sign-in', 'wrong password', 'reset request, unknown', 'reset request, known', 'session']
printTable(
  'Median, one at a time',
  ['', `${accounts} accounts ÷ 1000`, '1000 accounts', `${accounts} accounts`],
  names.map((name, index) => {
    const [few = Number.NaN, many = Number.NaN] = medians.slice(2 * index, 2 * index + 2)
    return [name, (many / few).toFixed(2), `${few.toFixed(1)} ms`, `${many.toFixed(1)} ms`]
  }),
)
console.log(`${whole.seen} statements were planned; those that read a whole table: ${whole.texts.length}`)
for (const text of whole.texts) console.log(`- ${text}`)
console.log(`\n${minutes()} minutes`)
process.exit(whole.texts.length > 0 ? 1 : 0)

function minutes(): string {
  return ((performance.now() - began) / 60_000).toFixed(1)
}
