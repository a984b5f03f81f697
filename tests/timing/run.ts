import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { startPostgres } from '@/tests/support/postgres/server'
import { expectAftermath } from '@/tests/timing/aftermath'
import { measure } from '@/tests/timing/measure'
import { hashMilliseconds } from '@/tests/timing/people'
import { printHead, printRow, type Row } from '@/tests/timing/report'
import { isDelicate, type Scenario, scenarios, shortScenarios } from '@/tests/timing/scenarios'
import { setStage } from '@/tests/timing/stage'
import { boundsOf, isAsWanted, judge } from '@/tests/timing/verdict'

// npm run test:timing [-- --short] [<title> …]: the scenarios of these titles, all by default.
const { values, positionals: wanted } = parseArgs({ options: { short: { type: 'boolean' } }, allowPositionals: true })
const known = values.short ? shortScenarios : scenarios
const chosen = known.filter(({ title }) => wanted.length === 0 || wanted.includes(title))
const missing = wanted.filter((title) => !known.some((each) => each.title === title))
if (missing.length > 0) console.error(`There is no: ${missing.join(', ')}`)
const began = performance.now()
const postgres = await startPostgres()
const hashMs = await hashMilliseconds()
const total = { passed: 0, failed: missing.length }
console.log(`One hash takes ${hashMs.toFixed(1)} ms here.\n`)
printHead()
await inTurn(chosen.filter(isDelicate))
// Something hides the rest in the time anyway, so one may share the cores with another.
const others = chosen.filter((scenario) => !isDelicate(scenario)).values()
await Promise.all([inTurn(others), inTurn(others)])
await postgres.stop()
console.log(`\n${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
console.log(`${total.passed} passed, ${total.failed} failed`)
// What a stage that could not be set has left running would keep the process for ever.
process.exit(total.failed > 0 ? 1 : 0)

async function inTurn(queue: Iterable<Scenario>): Promise<void> {
  for (const scenario of queue) {
    const comparisons = scenario.cases.length - 1
    const failed = await failures(scenario).catch((error: Error) => {
      console.error(`${scenario.title}: ${error.message}`)
      return comparisons
    })
    total.failed += failed
    total.passed += comparisons - failed
  }
}

/** How many comparisons fail. What fails is measured again, up to twice, with another seed on a fresh application. */
async function failures(scenario: Scenario): Promise<number> {
  const [first, ...others] = scenario.cases
  let suspected = others
  for (let tries = 1; tries <= 3 && suspected.length > 0; tries += 1) {
    const title = tries === 1 ? scenario.title : `${scenario.title}, again`
    const rows = await attempt({ ...scenario, title, cases: [first, ...suspected] })
    suspected = suspected.filter((_, index) => !rows[index]?.passed)
  }
  return suspected.length
}

async function attempt(scenario: Scenario): Promise<Row[]> {
  const seed = randomInt(2 ** 31)
  const stage = await setStage(postgres, scenario)
  try {
    const [first = [], ...others] = await measure(stage, scenario, seed)
    await expectAftermath(stage, scenario)
    return others.map((times, index) => {
      const verdict = judge(first, times, boundsOf(scenario, hashMs))
      const passed = isAsWanted(scenario, verdict)
      const row = { scenario, other: scenario.cases[index + 1]?.name ?? '', seed, first, times, verdict, passed }
      printRow(row)
      return row
    })
  } finally {
    await stage.close()
  }
}
