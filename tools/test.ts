import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findUnproven } from '@/tools/guarantees'
import { type Count, type Report, readReport } from '@/tools/test-report'

// tsx tools/test.ts [suite …], all but the long ones by default. A red suite does not stop the others. With SECOND_TRY a
// browser test that failed is tried once more, and named when it passes then.
const suites = [
  'unit',
  'integration',
  'e2e',
  'lighthouse',
  'size',
  'pages',
  'pictures',
  'faults',
  'clients',
  'serverless',
  'engines',
  'voice',
] as const
type Suite = (typeof suites)[number]
const usual: Suite[] = ['unit', 'integration', 'e2e']
const onVitest: Suite[] = ['unit', 'integration']
/** Makes builds of its own. */
const buildless: Suite[] = [...onVitest, 'serverless']

const secondTry = Boolean(process.env.SECOND_TRY)
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
  const doubts: string[] = []
  const folder = await mkdtemp(join(tmpdir(), 'test-report-'))
  for (const together of runsOf(ready)) {
    const count = await runTogether(together, join(folder, `${together.join('-')}.json`))
    titles.push(...count.titles)
    failures.push(...count.failures)
    doubts.push(...count.doubts)
    total.passed += count.passed
    total.failed += count.failed
  }
  await rm(folder, { recursive: true })
  const unproven = usual.every((suite) => wanted.includes(suite)) ? await findUnproven(titles) : []
  failures.push(...unproven.map((title) => `a document names a test that did not pass: ${title}`))
  for (const doubt of doubts) console.log(`? passed at the second try: ${doubt}`)
  for (const failure of failures) console.log(`✘ ${failure}`)
  return { ...total, failed: total.failed + unproven.length }
}

/** Returns the suites that can run: none in a browser without a build, none at all without the database client. */
async function prepare(wanted: Suite[]): Promise<Suite[]> {
  const without = wanted.filter((suite) => buildless.includes(suite))
  // A build generates the client first.
  if (without.length < wanted.length && (await run('npm', ['run', 'build:once'])) === 0) return wanted
  return (await run('npm', ['run', 'generate'])) === 0 ? without : []
}

/** Those in a browser run as one, so that a core which one of them leaves idle serves the next. */
function runsOf(suites: Suite[]): Suite[][] {
  const inBrowser = suites.filter((suite) => !onVitest.includes(suite))
  const alone = suites.filter((suite) => onVitest.includes(suite)).map((suite) => [suite])
  return inBrowser.length > 0 ? [...alone, inBrowser] : alone
}

/** A suite in which nothing passed, or a run that ends badly, has a failure whatever the report says. */
async function runTogether(suites: Suite[], file: string): Promise<Report> {
  const [suite] = suites
  const code = suite && onVitest.includes(suite) ? await runVitest(suite, file) : await runPlaywright(suites, file)
  const report = await readReport(file, suites, secondTry)
  if (report.failed > 0) return report
  const failures = report.silent.map((suite) => `${suite}: nothing passed`)
  if (code !== 0) failures.push(`${suites.join(', ')}: ended with code ${code}, no failure counted`)
  return { ...report, failed: failures.length, failures }
}

function runVitest(suite: Suite, file: string): Promise<number | null> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return run(join(root, 'node_modules/.bin/vitest'), ['run', '--project', `${suite}*`, ...reporters])
}

function runPlaywright(suites: Suite[], file: string): Promise<number | null> {
  const program = join(root, 'node_modules/.bin/playwright')
  const projects = suites.map((suite) => `--project=${suite}`)
  return run(program, ['test', ...projects, '--reporter=list,json', `--retries=${secondTry ? 1 : 0}`], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  })
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
