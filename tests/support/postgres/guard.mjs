// `node guard.mjs <folder>` waits until its standard input ends, which happens however its starter ends, even
// by SIGKILL. Then it ends the server that runs on <folder>/data and removes the folder.
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const folder = process.argv[2]

process.stdin.resume().on('close', async () => {
  for (let attempt = 0; attempt < 300; attempt++) {
    const pid = await findServer()
    if (!pid || !signal(pid, attempt < 200 ? 'SIGQUIT' : 'SIGKILL')) break
    await sleep(20)
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function findServer() {
  const content = await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '')
  return Number.parseInt(content, 10)
}

function signal(pid, name) {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
