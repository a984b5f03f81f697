import { createHash, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { announce, claimsIn } from '@/lib/db/folder-claims'

const maxTries = 5
const maxStepBackMs = 100
const doubtMs = 1_000

/** How to let go of a folder, or the id of the process that has it: the id that it has in its own container, null where unknown. */
export type FolderLock = { release: () => void } | { holder: number | null }

/**
 * Takes an existing folder for this process alone, among all processes of this machine and its containers, and of other
 * machines that have the same disk. What a killed process held is free; after half a minute where it was another machine's.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  if (process.platform === 'win32') return lockByPipe(folder)
  const beats = new Map<string, number>()
  for (let tries = 1; ; tries += 1) {
    const own = await announce(folder)
    const [other, ...others] = await claimsIn(folder, own)
    if (!other) return { release: own.release }
    own.release()
    // A claim of another machine is believed once its sign of life was seen to move, and is free when that is old.
    const isDoubtful = [other, ...others].every(
      ({ name, beat }) => beat !== null && [undefined, beat].includes(beats.get(name)),
    )
    for (const { name, beat } of [other, ...others]) if (beat !== null && !beats.has(name)) beats.set(name, beat)
    if (!isDoubtful && tries >= maxTries) return { holder: other.pid }
    // Whoever holds it keeps it. Two that try at the same moment both give up for now.
    await sleep(isDoubtful ? doubtMs : randomInt(maxStepBackMs))
  }
}

/** Windows gives a name to one process at a time, and takes it back when that ends. */
async function lockByPipe(folder: string): Promise<FolderLock> {
  const name = createHash('sha256').update(realpathSync(folder).toLowerCase()).digest('hex')
  const server = createServer((socket) => socket.destroy()).listen(`\\\\.\\pipe\\metamots-${name}`)
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return { holder: null }
    throw error
  }
  server.unref()
  return { release: () => void server.close() }
}
