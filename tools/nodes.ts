import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { readReport } from '@/tools/test-report'

// tsx tools/nodes.ts [20 …]: unit tests and journeys on each Node of tests/nodes, with one build by the installed one.
const folder = 'tests/nodes'
const journeys = ['journey', 'deployed', 'local', 'boot']
const packages = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const pinned = new Map(
  Object.entries<string>(packages.dependencies).map(([node, version]) => [node, version.split('@').at(-1)]),
)
const wanted = process.argv.slice(2).map((major) => `node-${major}`)
const nodes = wanted.length > 0 ? wanted : [...pinned.keys()]

const total = { passed: 0, failed: 0 }
const failures: string[] = []
if (nodes.some((node) => !isInstalled(node)))
  spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' })
if (spawnSync('npm', ['run', 'build:once'], { stdio: 'inherit' }).status !== 0) fail('it could not be built')
else for (const node of nodes) await testOn(node)
for (const failure of failures) console.log(`✘ ${failure}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0

async function testOn(node: string): Promise<void> {
  if (!isInstalled(node)) return fail(`${node} is not among those of ${folder}, or not for this machine`)
  console.log(`== ${node}, ${pinned.get(node)}`)
  const reports = await mkdtemp(join(tmpdir(), 'node-report-'))
  const unit = join(reports, 'unit.json')
  await count(node, 'unit', unit, [
    'node_modules/vitest/vitest.mjs',
    ...['run', '--project', 'unit*', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`],
  ])
  const e2e = join(reports, 'e2e.json')
  const playwright = ['node_modules/@playwright/test/cli.js', 'test', '--project=e2e', ...journeys]
  await count(node, 'e2e', e2e, [...playwright, '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: e2e })
  await rm(reports, { recursive: true })
}

/** Runs a suite on a Node, on which everything runs too that is started by the name of node. */
async function count(
  node: string,
  suite: string,
  file: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<void> {
  const PATH = `${resolve(binOf(node))}${delimiter}${process.env.PATH}`
  const child = spawn(join(binOf(node), 'node'), args, { env: { ...process.env, ...env, PATH }, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  const report = await readReport(file, [suite])
  total.passed += report.passed
  total.failed += report.failed
  failures.push(...report.failures.map((failure) => `${node}, ${failure}`))
  if (report.failed > 0) return
  if (report.silent.length > 0) fail(`${node}, ${suite}: nothing passed`)
  else if (code !== 0) fail(`${node}, ${suite}: ended with code ${code}, no failure counted`)
}

function fail(reason: string): void {
  total.failed += 1
  failures.push(reason)
}

function isInstalled(node: string): boolean {
  const program = join(binOf(node), 'node')
  if (!existsSync(program)) return false
  const { stdout } = spawnSync(program, ['--print', 'process.versions.node'], { encoding: 'utf8' })
  return stdout?.trim() === pinned.get(node)
}

/** npm has the binaries as packages, whose scripts are not needed. */
function binOf(node: string): string {
  return join(folder, 'node_modules', node, 'bin')
}
