import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

// Plain JavaScript and small: this process becomes the server, and what came before it has ended with its memory.
process.env.NODE_ENV ||= 'production'
// As npm does: what is read is of this folder, wherever it is started from.
process.chdir(path.resolve(process.argv[1], '../..'))
const isWindows = process.platform === 'win32'
let step = null
let isStopped = false
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)

const { host, port, keepAliveSeconds, isBuilt } = await prepare()
if (!isBuilt) await end(run('npm', ['run', 'build'], { shell: isWindows }))
step = null
const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
process.argv.splice(1, Infinity, next, 'start', '-H', host, '-p', port, '--keepAliveTimeout', keepAliveSeconds * 1000)
await import(pathToFileURL(next).href)

/** Checks the configuration and migrates, and returns where to listen. */
async function prepare() {
  const child = run(process.execPath, ['--import', 'tsx', 'scripts/prepare.ts'], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  const said = once(child, 'message')
  await end(child)
  const [listen] = await said
  return listen
}

function run(command, parameters, options) {
  // A group of its own, for npm and its shell do not hand a signal on to what they run.
  step = spawn(command, parameters, { stdio: 'inherit', detached: !isWindows, ...options })
  return step
}

/** Waits for a step, without which there is nothing to serve. */
async function end(child) {
  const [code] = await once(child, 'exit')
  if (code !== 0) process.exit(isStopped ? 0 : (code ?? 1))
}

/** Until the server listens for signals itself, whatever is under way is stopped, and nothing is served. */
function stop(signal) {
  isStopped = true
  const [first, ...others] = process.listeners(signal)
  if (step?.exitCode === null) process.kill(isWindows ? step.pid : -step.pid, signal)
  else if (first === stop && others.length === 0) process.exit(0)
}
