import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findUnproven } from '@/scripts/guarantees'
import { type Count, type Report, readReport } from '@/scripts/test-report'

// tsx scripts/test.ts [suite …], all but the long ones by default. A red suite does not stop the next one.
const suites = ['unit', 'integration', 'e2e', 'pages', 'faults', 'size', 'lighthouse'] as const
type Suite = (typeof suites)[number]
const usual: Suite[] = ['unit', 'integration', 'e2e']
const onVitest: Suite[] = ['unit', 'integration']

const root = fileURLToPath(new URL('..', import.meta.url))

const wanted = readSuites(process.argv.slice(2))
const { passed, failed } = await test(wanted)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

function readSuites(names: string[]): Suite[] {
  const unknown = names.filter((name) => !suites.some((suite) => suite === name))
  if (unknown.length > 0) {
    console.error(`Unknown suite: ${unknown.join(', ')}. There are: ${suites.join(', ')}.`)
    process.exit(2)
  }
  return suites.filter((suite) => (names.length === 0 ? usual : names).includes(suite))
}

async function test(wanted: Suite[]): Promise<Count> {
  const ready = await prepare(wanted)
  const total = { passed: 0, failed: wanted.length - ready.length }
  const titles: string[] = []
  const failures: string[] = []
  const folder = await mkdtemp(join(tmpdir(), 'test-report-'))
  for (const suite of ready) {
    const count = await runSuite(suite, join(folder, `${suite}.json`))
    titles.push(...count.titles)
    failures.push(...count.failures.map((failure) => `${suite}: ${failure}`))
    total.passed += count.passed
    total.failed += count.failed
  }
  await rm(folder, { recursive: true })
  const unproven = usual.every((suite) => wanted.includes(suite)) ? await findUnproven(titles) : []
  failures.push(...unproven.map((title) => `a document names a test that did not pass: ${title}`))
  for (const failure of failures) console.log(`✘ ${failure}`)
  return { ...total, failed: total.failed + unproven.length }
}

/** Returns the suites that can run: none in a browser without a fresh build, none at all without the database client. */
async function prepare(wanted: Suite[]): Promise<Suite[]> {
  const buildless = wanted.filter((suite) => onVitest.includes(suite))
  // A build generates the client first.
  if (buildless.length < wanted.length && (await run('npm', ['run', 'build'])) === 0) return wanted
  return (await run('npm', ['run', 'generate'])) === 0 ? buildless : []
}

/** A suite that ends badly, or in which nothing passed, has at least one failure whatever its report says. */
async function runSuite(suite: Suite, report: string): Promise<Report> {
  const code = await (onVitest.includes(suite) ? runVitest : runPlaywright)(suite, report)
  const count = await readReport(report)
  const broken = count.failed === 0 && (code !== 0 || count.passed === 0)
  return broken ? { ...count, failed: 1, failures: [`ended with code ${code}, no failure counted`] } : count
}

function runVitest(project: Suite, report: string): Promise<number | null> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return run(join(root, 'node_modules/.bin/vitest'), ['run', '--project', `${project}*`, ...reporters])
}

function runPlaywright(project: Suite, report: string): Promise<number | null> {
  const program = join(root, 'node_modules/.bin/playwright')
  return run(program, ['test', `--project=${project}`, '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report })
}

async function run(program: string, args: string[], env: Record<string, string> = {}): Promise<number | null> {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(child, 'exit').catch((error: Error) => {
    console.error(error.message)
    return [null]
  })
  return code
}
