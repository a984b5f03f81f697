import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { logEvent } from '@/lib/log'
import { formerHashPolicies, hashPolicy, hashQueuePolicy } from '@/lib/policy'
import { record, traced } from '@/lib/telemetry'

/** This process has no room for another hash. Ask the person to come back. */
export class BusyError extends Error {
  override name = 'BusyError'
}

const testing = process.env.NODE_ENV === 'test'
const parameters = testing ? { ...hashPolicy, memoryCost: 1_024, timeCost: 1 } : hashPolicy
const decoys = Promise.all([parameters, ...formerHashPolicies].map((each) => hash('never anybody’s password', each)))
const maxRunning = availableParallelism()
const waiting: (() => void)[] = []
let running = 0

/** Throws BusyError when the queue is full: to be asked ahead of what would be done in vain. */
export function expectRoom(): void {
  if (waiting.length >= hashQueuePolicy.maxWaiting) throw new BusyError('the queue of hashes is full')
}

/** The Argon2id hash of a password in PHC form, after NFKC. Throws BusyError when the queue is full or slow. */
export function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password.normalize('NFKC'), parameters))
}

/**
 * Whether `password` has this hash. Always costs one hash by each policy, today's and former ones, so that time tells no
 * account from another nor from none; a null or malformed hash is false. Throws BusyError as above.
 */
export function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  return bounded(async () => {
    const normalized = password.normalize('NFKC')
    const all = await decoys
    const own = passwordHash === null ? 0 : Math.max(0, all.map(policyOf).indexOf(policyOf(passwordHash)))
    let right = false
    for (const [place, decoy] of all.entries())
      if (await verifyOrDecoy(place === own ? passwordHash : null, decoy, normalized)) right = true
    return right
  })
}

/** A hash that no password has, and that costs as much to verify as any. */
export function unusableHash(): string {
  const { memoryCost, timeCost, parallelism } = parameters
  const random = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${random(16)}$${random(32)}`
}

/** Whether a hash was made with less than today's parameters. */
export function needsRehash(passwordHash: string): boolean {
  const { memoryCost, timeCost } = parameters
  const [, memory, time] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$/.exec(passwordHash) ?? []
  return !(Number(memory) >= memoryCost && Number(time) >= timeCost)
}

async function verifyOrDecoy(passwordHash: string | null, decoy: string, password: string): Promise<boolean> {
  try {
    // Look at the form first: a check that fails takes longer than the decoy alone.
    if (passwordHash !== null && looksVerifiable.test(passwordHash)) return await verify(passwordHash, password)
  } catch {}
  if (passwordHash !== null) logEvent('credential_malformed')
  await verify(decoy, password)
  return false
}

const looksVerifiable = /^\$argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[\w+/]+\$[\w+/]+$/

/** Algorithm, version and parameters: all of a PHC string before its salt. */
function policyOf(passwordHash: string): string {
  return passwordHash.split('$', 4).join('$')
}

async function bounded<Value>(work: () => Promise<Value>): Promise<Value> {
  const askedAt = performance.now()
  record('metamots.hash.waiting', waiting.length)
  if (running < maxRunning) running += 1
  else await turn()
  record('metamots.hash.wait', performance.now() - askedAt)
  try {
    return await traced('hash', work)
  } finally {
    // Hand the place to the next in line. If it were free for a moment, somebody new could take it as well.
    const proceed = waiting.shift()
    if (proceed) proceed()
    else running -= 1
  }
}

function turn(): Promise<void> {
  expectRoom()
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
