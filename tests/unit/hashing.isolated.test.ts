import { availableParallelism } from 'node:os'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BusyError, hashPassword, needsRehash, verifyPassword } from '@/lib/accounts/passwords/hashing'
import { hashPolicy, hashQueuePolicy } from '@/lib/policy'

type Argon2 = typeof import('@node-rs/argon2')

/** Argon2 itself, but counted; while it is held, a call answers only when it is let go. */
const argon2 = vi.hoisted(() => {
  const held: (() => void)[] = []
  return { running: 0, peak: 0, verified: 0, isHeld: false, letGo: () => held.shift()?.(), held }
})

vi.mock('@node-rs/argon2', async (importOriginal) => {
  const original = await importOriginal<Argon2>()
  const counted = async <Value>(work: () => Promise<Value>, heldAnswer: Value): Promise<Value> => {
    argon2.running += 1
    argon2.peak = Math.max(argon2.peak, argon2.running)
    const answer = argon2.isHeld ? new Promise<Value>((resolve) => argon2.held.push(() => resolve(heldAnswer))) : work()
    return answer.finally(() => {
      argon2.running -= 1
    })
  }
  const hash = (...args: Parameters<Argon2['hash']>) => counted(() => original.hash(...args), 'held')
  const verify = (...args: Parameters<Argon2['verify']>) => {
    argon2.verified += 1
    return counted(() => original.verify(...args), true)
  }
  return { ...original, hash, verify }
})

const cores = availableParallelism()
const { maxWaiting, maxWaitMs } = hashQueuePolicy

beforeEach(async () => {
  await verifyPassword(null, 'the dummy hash is made by now')
  Object.assign(argon2, { peak: 0, verified: 0 })
})

afterEach(() => {
  argon2.isHeld = false
  vi.useRealTimers()
})

test('no more hashes run at once than there are cores, and all that were let in come back', async () => {
  const hashes = await Promise.all(Array.from({ length: cores + maxWaiting }, () => hashPassword('Tr0ub4dor&3')))
  expect(new Set(hashes).size).toBe(cores + maxWaiting)
  expect(argon2.peak).toBe(cores)
})

test('who comes while a place changes hands does not take it as well', async () => {
  argon2.isHeld = true
  const calls = Array.from({ length: cores + 1 }, () => hashPassword('Tr0ub4dor&3'))
  argon2.letGo()
  for (let moment = 0; moment < maxWaiting - 1; moment += 1) {
    await Promise.resolve()
    calls.push(hashPassword('Tr0ub4dor&3'))
  }
  expect(argon2.peak).toBe(cores)
  await letAllGo(calls)
  expect(argon2.peak).toBe(cores)
})

test('who finds the queue full is told so at once, and the queue moves on in order', async () => {
  argon2.isHeld = true
  const order: number[] = []
  const calls = Array.from({ length: cores + maxWaiting }, (_, place) =>
    hashPassword('Tr0ub4dor&3').then(() => order.push(place)),
  )
  await expect(hashPassword('Tr0ub4dor&3')).rejects.toBeInstanceOf(BusyError)
  await expect(verifyPassword(null, 'Tr0ub4dor&3')).rejects.toBeInstanceOf(BusyError)
  await letAllGo(calls)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(order).toHaveLength(cores + maxWaiting)
})

test('who has waited too long is told so, and leaves places and queue as they were', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  argon2.isHeld = true
  const running = Array.from({ length: cores }, () => hashPassword('Tr0ub4dor&3'))
  const waiting = Array.from({ length: maxWaiting }, () => outcome(hashPassword('Tr0ub4dor&3')))
  vi.advanceTimersByTime(maxWaitMs - 1)
  const late = hashPassword('Tr0ub4dor&3')
  await expect(late).rejects.toThrow('full')
  vi.advanceTimersByTime(1)
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['BusyError']))
  const next = Array.from({ length: maxWaiting }, () => hashPassword('Tr0ub4dor&3'))
  await letAllGo([...running, ...next])
  expect(argon2.peak).toBe(cores)
})

test('what fails gives its place back', async () => {
  for (let round = 0; round < cores * 3; round += 1) expect(await verifyPassword('broken', 'Tr0ub4dor&3')).toBe(false)
  expect(await verifyPassword(await hashPassword('Tr0ub4dor&3'), 'Tr0ub4dor&3')).toBe(true)
})

test('a password has its hash however it is composed, and no other has, not even trimmed or cut', async () => {
  const long = ` ${'é🙂'.repeat(63)} `
  const passwordHash = await hashPassword(long.normalize('NFD'))
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(await hashPassword(long)).not.toBe(passwordHash)
  for (const form of ['NFC', 'NFD']) expect(await verifyPassword(passwordHash, long.normalize(form))).toBe(true)
  for (const other of [long.trim(), long.slice(0, -1), long.toUpperCase(), `${long}\0`, ''])
    expect(await verifyPassword(passwordHash, other)).toBe(false)
})

test.each([
  ['no hash', null],
  ['an empty hash', ''],
  ['a word', 'unusable'],
  ['a hash that lost its end', '$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHRzb21lc2Fs$'],
  ['another kind of hash', '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'],
])('%s is nobody’s and costs one hash as well', async (_, passwordHash) => {
  expect(await verifyPassword(passwordHash, 'never anybody’s password')).toBe(false)
  expect(argon2.verified).toBe(1)
})

test.each([
  ['$argon2id$v=19$m=1024,t=1,p=1$c2FsdA$aGFzaA', false],
  ['$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA', false],
  ['$argon2id$v=19$m=1023,t=1,p=1$c2FsdA$aGFzaA', true],
  ['$argon2id$v=19$m=99999,t=0,p=1$c2FsdA$aGFzaA', true],
  ['$argon2id$v=16$m=1024,t=1,p=1$c2FsdA$aGFzaA', true],
  ['$argon2i$v=19$m=1024,t=1,p=1$c2FsdA$aGFzaA', true],
  ['$argon2d$v=19$m=1024,t=1,p=1$c2FsdA$aGFzaA', true],
  ['$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy', true],
  ['', true],
])('whether %j is to be made anew: %s', (passwordHash, expected) => {
  expect(needsRehash(passwordHash)).toBe(expected)
})

test('what is served is no weaker than the floor of OWASP', () => {
  expect(hashPolicy.memoryCost).toBeGreaterThanOrEqual(19_456)
  expect(hashPolicy.timeCost).toBeGreaterThanOrEqual(2)
})

/** Lets every held call go, and those that take its place, until all have ended. */
async function letAllGo(calls: Promise<unknown>[]): Promise<void> {
  const ended = Promise.all(calls).then(() => true)
  while (!(await Promise.race([ended, new Promise<false>((resolve) => setImmediate(() => resolve(false)))])))
    argon2.letGo()
}

function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ended',
    (error: Error) => error.name,
  )
}
