import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { readReport } from '@/tools/test-report'

// tsx tools/engines.ts [20 …]: unit tests and journeys on each Node of tests/engines, with one build by the installed one.
const folder = 'tests/engines'
const journeys = ['journey', 'deployed', 'local', 'boot']
const packages = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const pinned = new Map(
  Object.entries<string>(packages.dependencies).map(([engine, version]) => [engine, version.split('@').at(-1)]),
)
const wanted = process.argv.slice(2).map((major) => `node-${major}`)
const engines = wanted.length > 0 ? wanted : [...pinned.keys()]

const total = { passed: 0, failed: 0 }
const failures: string[] = []
if (engines.some((engine) => !isInstalled(engine)))
  spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' })
if (spawnSync('npm', ['run', 'build:once'], { stdio: 'inherit' }).status !== 0) fail('it could not be built')
else for (const engine of engines) await testOn(engine)
for (const failure of failures) console.log(`✘ ${failure}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

async function testOn(engine: string): Promise<void> {
  if (!isInstalled(engine)) return fail(`${engine} is not among those of ${folder}, or not for this machine`)
  console.log(`== ${engine}, ${pinned.get(engine)}`)
  const reports = await mkdtemp(join(tmpdir(), 'engine-report-'))
  const unit = join(reports, 'unit.json')
  await count(engine, 'unit', unit, [
    'node_modules/vitest/vitest.mjs',
    ...['run', '--project', 'unit*', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`],
  ])
  const e2e = join(reports, 'e2e.json')
  const playwright = ['node_modules/@playwright/test/cli.js', 'test', '--project=e2e', ...journeys]
  await count(engine, 'e2e', e2e, [...playwright, '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: e2e })
  await rm(reports, { recursive: true })
}

/** Runs a suite on an engine, on which everything runs too that is started by the name of node. */
async function count(
  engine: string,
  suite: string,
  file: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<void> {
  const PATH = `${resolve(binOf(engine))}${delimiter}${process.env.PATH}`
  const child = spawn(join(binOf(engine), 'node'), args, { env: { ...process.env, ...env, PATH }, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  const report = await readReport(file, [suite])
  total.passed += report.passed
  total.failed += report.failed
  failures.push(...report.failures.map((failure) => `${engine}, ${failure}`))
  if (report.failed > 0) return
  if (report.silent.length > 0) fail(`${engine}, ${suite}: nothing passed`)
  else if (code !== 0) fail(`${engine}, ${suite}: ended with code ${code}, no failure counted`)
}

function fail(reason: string): void {
  total.failed += 1
  failures.push(reason)
}

function isInstalled(engine: string): boolean {
  const node = join(binOf(engine), 'node')
  if (!existsSync(node)) return false
  const { stdout } = spawnSync(node, ['--print', 'process.versions.node'], { encoding: 'utf8' })
  return stdout?.trim() === pinned.get(engine)
}

/** npm has the binaries as packages, whose scripts are not needed. */
function binOf(engine: string): string {
  return join(folder, 'node_modules', engine, 'bin')
}
