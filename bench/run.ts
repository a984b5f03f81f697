import { parseArgs } from 'node:util'
import { type Crowd, coreMsOf, crowdOf, latencies, quantile, rawVerifications, throughput } from '@/bench/measures'
import { printTable } from '@/bench/report'
import { startOurs, startPeer } from '@/bench/stands'
import { printStatements } from '@/bench/statements'
import { walksOfOurs, walksOfPeer } from '@/bench/walks'
import { startPostgres } from '@/tests/support/postgres/server'

// npm run bench [-- --requests 20000 --rounds 3 --seconds 4 --crowds 500,2000]: ours beside better-auth, in turns and in one run.
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    crowds: { type: 'string', default: '500,2000' },
  },
})
const [requests, rounds, seconds] = [values.requests, values.rounds, values.seconds].map(Number) as [
  number,
  number,
  number,
]
const crowds = values.crowds.split(',').map(Number)
const members = 200
let clientMicros = 0
let capacity = { ours: 0, peer: 0 }

const began = performance.now()
const postgres = await startPostgres()
const [ours, peer] = [await startOurs(postgres), await startPeer(postgres)]
const atStart = { ours: await ours.memory(), peer: await peer.memory() }
const [ourWalks, peerWalks] = [await walksOfOurs(ours, members), await walksOfPeer(peer, members)]
console.log(`Node ${process.version}, ${rounds} rounds of ${seconds} s. Beside each ratio the times it is of.\n`)

await measureLogIns()
await measureWalks()
await measureCrowds()
await measureMemory()
await Promise.all([ours.stop(), peer.stop()])
await postgres.stop()
await printStatements()
console.log(`\n${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
process.exit()

async function measureLogIns(): Promise<void> {
  const found = { raw: [] as number[], ours: [] as number[], peer: [] as number[], pages: [] as number[] }
  const client = process.cpuUsage()
  let sent = 0
  for (let round = 0; round < rounds; round += 1) {
    found.raw.push(await rawVerifications(seconds / 2))
    const before = process.cpuUsage(client)
    found.ours.push(await throughput(ours, ourWalks.logIn, ourWalks.isIn, { seconds }))
    found.peer.push(await throughput(peer, peerWalks.logIn, peerWalks.isIn, { seconds }))
    found.pages.push(await throughput(ours, ourWalks.page, ({ status }) => status === 200, { seconds }))
    const { user, system } = process.cpuUsage(client)
    clientMicros += user + system - before.user - before.system
    sent += seconds * ((found.ours.at(-1) ?? 0) + (found.peer.at(-1) ?? 0) + (found.pages.at(-1) ?? 0))
  }
  const [raw, own, other, pages] = [found.raw, found.ours, found.peer, found.pages].map((each) => quantile(each, 0.5))
  capacity = { ours: own ?? 0, peer: other ?? 0 }
  printTable(
    'Eight at once',
    ['', 'ours', 'better-auth', 'by itself'],
    [
      ['sign-ins ÷ raw verifications', ratio(own, raw), ratio(other, raw), ''],
      ['sign-ins a second', perSecond(own), perSecond(other), `${perSecond(raw)} raw`],
      ['sign-in pages a second', perSecond(pages), '-', ''],
      ['what this client takes of a request', `${(clientMicros / sent / 1_000).toFixed(2)} ms of a core`, '', ''],
    ],
  )
}

async function measureWalks(): Promise<void> {
  const kinds = ['logIn', 'resetUnknown', 'resetKnown', 'session', 'page', 'health'] as const
  const stands = [
    { stand: ours, walks: ourWalks },
    { stand: peer, walks: peerWalks },
  ]
  const asked = stands.flatMap(({ stand: { port }, walks }) => kinds.map((kind) => ({ port, next: walks[kind] })))
  await latencies(asked, 20, 0)
  const medians = (await latencies(asked, 150, 10)).map((each) => quantile(each, 0.5))
  const cores: number[] = []
  for (const { stand, walks } of stands) for (const kind of kinds) cores.push(await coreMsOf(stand, walks[kind], 150))
  const named = ['sign-in', 'reset request, unknown', 'reset request, known', 'session', 'sign-in page', 'health']
  const rows = named.map((name, index) => {
    const [time, otherTime, core, otherCore] = [medians, cores].flatMap((each) => [
      each[index],
      each[index + kinds.length],
    ])
    const isAlone = name === 'sign-in page'
    const beside = (value: string) => (isAlone ? '-' : value)
    return [
      name,
      beside(ratio(time, otherTime)),
      milliseconds(time),
      beside(milliseconds(otherTime)),
      beside(ratio(core, otherCore)),
      milliseconds(core),
      beside(milliseconds(otherCore)),
    ]
  })
  const head = [
    '',
    'median, ours ÷ better-auth',
    'ours',
    'better-auth',
    'of a core, ours ÷ better-auth',
    'ours',
    'better-auth',
  ]
  printTable('One at a time; of a core with what follows the answer', head, rows)
}

async function measureCrowds(): Promise<void> {
  const rows: string[][] = []
  for (const count of crowds)
    for (const [stand, walks, most] of [
      [ours, ourWalks, capacity.ours],
      [peer, peerWalks, capacity.peer],
    ] as const)
      rows.push(rowOf(stand.name, count, await crowdOf(stand, walks, count), most))
  printTable(
    'Sign-ins at once',
    [
      '',
      'served ÷ capacity',
      'served a second',
      'served',
      'refused',
      'lost',
      'refused within, p99',
      'health p99',
      'page p99',
      'memory at most',
    ],
    rows,
  )
}

function rowOf(name: string, count: number, found: Crowd, most: number): string[] {
  const { served, refused, lost } = found
  return [
    `${name}, ${count}`,
    ratio(found.perSecond, most),
    perSecond(found.perSecond),
    ...[served, refused, lost].map(String),
    milliseconds(found.refusedP99),
    milliseconds(found.healthP99),
    milliseconds(found.pageP99),
    megabytes(found.peakMegabytes),
  ]
}

async function measureMemory(): Promise<void> {
  for (const [stand, walks] of [
    [ours, ourWalks],
    [peer, peerWalks],
  ] as const) {
    const kinds = [walks.page, walks.resetUnknown, walks.wrongPassword, walks.session]
    let sent = 0
    while (sent < requests) {
      await latencies(
        kinds.map((next) => ({ port: stand.port, next })).filter((_, index) => stand.name === 'ours' || index !== 2),
        50,
        0,
      )
      sent += 200
    }
  }
  const after = { ours: await ours.memory(), peer: await peer.memory() }
  const row = (name: string, of: typeof atStart) => [
    name,
    ratio(of.ours.tree, of.peer.tree),
    megabytes(of.ours.tree),
    megabytes(of.ours.server),
    megabytes(of.peer.tree),
  ]
  printTable(
    'Memory',
    ['', 'ours ÷ better-auth', 'ours, whole tree', 'ours, server', 'better-auth'],
    [row('at rest', atStart), row(`after ${requests} requests more`, after)],
  )
}

function ratio(one = Number.NaN, other = Number.NaN): string {
  return (one / other).toFixed(2)
}

function perSecond(value = Number.NaN): string {
  return value.toFixed(0)
}

function milliseconds(value = Number.NaN): string {
  return Number.isNaN(value) ? '-' : `${value.toFixed(1)} ms`
}

function megabytes(value: number): string {
  return `${value.toFixed(0)} MB`
}
