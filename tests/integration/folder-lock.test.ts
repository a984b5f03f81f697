import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { lockFolder } from '@/lib/db/folder-lock'
import { newFolder } from '@/tests/support/vitest/folder'
import { startProgram } from '@/tests/support/vitest/program'

const taker = `
  import { lockFolder } from '@/lib/db/folder-lock'
  const lock = await lockFolder(input)
  console.log(lock.holder ?? 'taken')`

test('a folder that a living process has is refused with its id, and free when it is killed or lets go', async () => {
  const folder = await newFolder()
  const first = startProgram(`${taker}\nsetInterval(() => {}, 1_000)`, folder)
  expect(await first.line()).toBe('taken')
  expect(await lockFolder(folder)).toEqual({ holder: first.pid })
  first.kill()
  await first.ended
  const lock = await lockFolder(folder)
  if ('holder' in lock) throw new Error(`held by ${lock.holder}`)
  expect(await startProgram(taker, folder).line()).toBe(String(process.pid))
  lock.release()
  expect(await startProgram(taker, folder).line()).toBe('taken')
})

test('a process that has let go takes nobody else’s lock with it when it ends', async () => {
  const folder = await newFolder()
  const first = startProgram(`${taker}\nlock.release()\nconsole.log('free')\nsetTimeout(() => {}, 1_000)`, folder)
  expect([await first.line(), await first.line()]).toEqual(['taken', 'free'])
  const lock = await lockFolder(folder)
  expect(await first.ended).toBe(0)
  expect(await startProgram(taker, folder).line()).toBe(String(process.pid))
  if ('release' in lock) lock.release()
})

test('a process may take and let go as often as it likes, and leaves nothing', async () => {
  const folder = await newFolder()
  for (let time = 0; time < 12; time += 1) {
    const lock = await lockFolder(folder)
    if ('release' in lock) lock.release()
  }
  expect(process.listenerCount('exit')).toBeLessThan(10)
  expect(readdirSync(folder)).toEqual([])
})

test('of processes that find a stale lock at the same moment never two go on', async () => {
  const folder = await newFolder()
  const contender = `
    import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs'
    import { renameSync } from 'node:fs'
    import { announce } from '@/lib/db/folder-claims'
    import { lockFolder } from '@/lib/db/folder-lock'
    /** A claim whose process was killed: its file stays, and nobody listens any more. */
    const leaveStale = async () => {
      const { name, release } = await announce(input)
      const kept = input + '/kept-' + name
      renameSync(input + '/' + name, kept)
      release()
      renameSync(kept, input + '/' + name)
    }
    console.log('ready')
    while (!existsSync(input + '/go'));
    let taken = 0, shared = 0
    for (const end = Date.now() + 2_000; Date.now() < end; ) {
      await leaveStale()
      const { release } = await lockFolder(input)
      if (!release) continue
      taken += 1
      try {
        closeSync(openSync(input + '/held', 'wx'))
      } catch {
        shared += 1
      }
      for (const moment = Date.now() + 1; Date.now() < moment; );
      rmSync(input + '/held', { force: true })
      release()
    }
    console.log(taken, shared)`
  const programs = [1, 2, 3].map(() => startProgram(contender, folder))
  for (const each of programs) expect(await each.line()).toBe('ready')
  writeFileSync(path.join(folder, 'go'), '')
  const counts = await Promise.all(programs.map(async (each) => ((await each.line()) ?? '').split(' ').map(Number)))
  expect(counts.map(([, shared]) => shared)).toEqual([0, 0, 0])
  for (const [taken] of counts) expect(taken).toBeGreaterThan(0)
})

test('a holder is known by the kernel’s word and not by its number, which another container does not see', async () => {
  const folder = await newFolder()
  const first = startProgram(`${taker}\nsetInterval(() => {}, 1_000)`, folder)
  expect(await first.line()).toBe('taken')
  const [claim = ''] = readdirSync(folder)
  renameSync(path.join(folder, claim), path.join(folder, claim.replace(String(first.pid), '999999999')))
  expect(await startProgram(taker, folder).line()).toBe('999999999')
  first.kill()
  await first.ended
  expect(await startProgram(taker, folder).line()).toBe('taken')
})

const unshare = ['unshare', '--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child']
const hasContainers = spawnSync('unshare', [...unshare.slice(1), 'true']).status === 0

test.runIf(hasContainers)(
  'of two containers with one folder, in which both have the same number, one has it',
  async () => {
    const folder = await newFolder()
    const first = startProgram(`${taker}\nconsole.log(process.pid)\nsetInterval(() => {}, 1_000)`, folder, unshare)
    expect([await first.line(), await first.line()]).toEqual(['taken', '1'])
    expect(await startProgram(taker, folder, unshare).line()).toBe('1')
    expect(await startProgram(taker, folder).line()).toBe('1')
    first.kill()
    await first.ended
    expect(await startProgram(taker, folder, unshare).line()).toBe('taken')
  },
)

test('a folder with a long name is taken as any other', async () => {
  const folder = path.join(await newFolder(), ...Array(4).fill('n'.repeat(60)))
  mkdirSync(folder, { recursive: true })
  const first = startProgram(`${taker}\nsetInterval(() => {}, 1_000)`, folder)
  expect(await first.line()).toBe('taken')
  expect(await lockFolder(folder)).toEqual({ holder: first.pid })
})

test('a holder on another machine is believed while it gives signs of life', async () => {
  const folder = await newFolder()
  const other = path.join(folder, 'lock-7-anothermachine-1')
  writeFileSync(other, '')
  const alive = setInterval(() => writeFileSync(other, ''), 500)
  try {
    expect(await lockFolder(folder)).toEqual({ holder: 7 })
  } finally {
    clearInterval(alive)
  }
})
