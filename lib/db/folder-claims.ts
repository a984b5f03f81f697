import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { hostname } from 'node:os'
import path from 'node:path'

const beatMs = 5_000
const deadAfterMs = 30_000

/** A process that wants a folder; `beat` is its last sign of life where that is all there is to judge it by. */
export type Claim = { name: string; pid: number; beat: number | null }
export type OwnClaim = { name: string; release: () => void }

/**
 * Announces this process in a folder by a socket in it, which the kernel closes when the process ends, and which every
 * container of the machine finds by the file. Where a disk holds no sockets the file alone must do, by its sign of life.
 */
export async function announce(folder: string): Promise<OwnClaim> {
  const name = `lock-${process.pid}-${machine()}-${randomUUID().slice(0, 8)}`
  const file = path.join(folder, name)
  // It gets its name only when it listens, so that nobody takes it for a dead one.
  const draft = `${file}.draft`
  const server = await listen(draft)
  if (!server) writeFileSync(draft, '')
  renameSync(draft, file)
  const beating = setInterval(() => beat(file), beatMs).unref()
  const release = () => {
    process.off('exit', release)
    clearInterval(beating)
    rmSync(file, { force: true })
    server?.close()
  }
  process.once('exit', release)
  return { name, release }
}

/** The other claims in a folder, without those of processes that have ended: their files go. To be asked after announcing. */
export async function claimsIn(folder: string, own: OwnClaim): Promise<Claim[]> {
  const now = lstatSync(path.join(folder, own.name)).ctimeMs
  const claims: Claim[] = []
  for (const name of readdirSync(folder).filter((name) => name.startsWith('lock-') && name !== own.name)) {
    const claim = await judge(folder, name, now)
    if (claim) claims.push(claim)
    else rmSync(path.join(folder, name), { force: true })
  }
  return claims.filter(({ name }) => !name.endsWith('.draft'))
}

/** Null when its process has ended. */
async function judge(folder: string, name: string, now: number): Promise<Claim | null> {
  const file = path.join(folder, name)
  const stat = lstatSync(file, { throwIfNoEntry: false })
  if (!stat) return null
  const [, pid, where] = name.split('-')
  const isHere = stat.isSocket() && where === machine() && !name.endsWith('.draft')
  if (isHere) return (await listens(file)) ? { name, pid: Number(pid), beat: null } : null
  return now - stat.ctimeMs < deadAfterMs ? { name, pid: Number(pid), beat: stat.ctimeMs } : null
}

/** Null where the disk holds no sockets. */
async function listen(file: string): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy())
  try {
    await atShortPath(file, async (short) => {
      server.listen(short)
      await once(server, 'listening')
    })
    return server.unref()
  } catch (error) {
    // What is wrong with the folder itself is said by the file that comes next.
    server.close()
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw error
    return null
  }
}

function listens(file: string): Promise<boolean> {
  return atShortPath(file, async (short) => {
    const socket = connect(short)
    try {
      await once(socket, 'connect')
      return true
    } catch (error) {
      return !['ECONNREFUSED', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')
    } finally {
      socket.destroy()
    }
  })
}

/** The path of a socket has a hundred bytes at most, so where it can it goes by the number of its open folder. */
async function atShortPath<Value>(file: string, use: (short: string) => Promise<Value>): Promise<Value> {
  if (process.platform !== 'linux') return use(path.relative('.', file))
  const folder = openSync(path.dirname(file), 'r')
  try {
    return await use(`/proc/self/fd/${folder}/${path.basename(file)}`)
  } finally {
    closeSync(folder)
  }
}

/** By the clock of the disk, which all who have it share. */
function beat(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch {
    // The folder is gone, and what was in it.
  }
}

/** What all containers of a machine have in common until it is started again. */
function machine(): string {
  let id = hostname()
  try {
    id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')
  } catch {
    // Only Linux has one.
  }
  return createHash('sha256').update(id).digest('hex').slice(0, 12)
}
