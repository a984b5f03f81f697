import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { hashPolicy, hashQueuePolicy } from '@/lib/accounts/policy'
import { logEvent } from '@/lib/log'

/** Says that this process hashes as much as it can already; the caller should ask to come back. */
export class BusyError extends Error {
  override name = 'BusyError'
}

const testing = process.env.NODE_ENV === 'test'
const parameters = testing ? { ...hashPolicy, memoryCost: 1_024, timeCost: 1 } : hashPolicy
const dummyHash = hash('never anybody’s password', parameters)
const maxRunning = availableParallelism()
const waiting: (() => void)[] = []
let running = 0

/** The Argon2id hash of a password in PHC form, after NFKC. Throws BusyError when the queue is full or slow. */
export function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password.normalize('NFKC'), parameters))
}

/**
 * Whether `password` has this hash. A null or malformed hash costs the same and is false. Throws BusyError as above.
 */
export function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  return bounded(async () => {
    const normalized = password.normalize('NFKC')
    try {
      if (passwordHash !== null) return await verify(passwordHash, normalized)
    } catch {
      logEvent('credential_malformed')
    }
    await verify(await dummyHash, normalized)
    return false
  })
}

/** Whether a hash was made with less than today's parameters. */
export function needsRehash(passwordHash: string): boolean {
  const { memoryCost, timeCost } = parameters
  const [, memory, time] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(passwordHash) ?? []
  return !(Number(memory) >= memoryCost && Number(time) >= timeCost)
}

async function bounded<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running < maxRunning) running += 1
  else await turn()
  try {
    return await work()
  } finally {
    // The place passes straight to the next in line: freed in between, a newcomer could take it as well.
    const proceed = waiting.shift()
    if (proceed) proceed()
    else running -= 1
  }
}

function turn(): Promise<void> {
  if (waiting.length >= hashQueuePolicy.maxWaiting) throw new BusyError('the queue of hashes is full')
  return new Promise((resolve, reject) => {
    const proceed = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(proceed), 1)
      reject(new BusyError('waited too long for a hash'))
    }, hashQueuePolicy.maxWaitMs)
    waiting.push(proceed)
  })
}
