import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { lockFolder } from '@/lib/db/folder-lock'
import { newFolder } from '@/tests/support/folder'
import { startProgram } from '@/tests/support/program'

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
    import { lockFolder } from '@/lib/db/folder-lock'
    console.log('ready')
    while (!existsSync(input + '/go'));
    let taken = 0, shared = 0
    for (const end = Date.now() + 2_000; Date.now() < end; ) {
      writeFileSync(input + '/lock-999999999-' + Math.random(), '')
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
