import { readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ConfigurationError, readEnv } from '@/lib/env'
import { newFolder } from '@/tests/support/vitest/folder'
import { startProgram } from '@/tests/support/vitest/program'

test('a secret made here is 256 bits, stays, and is its owner’s only', async () => {
  const dataDir = path.join(await newFolder(), 'data')
  const { secret: made } = readEnv({ DATA_DIR: dataDir })
  expect(Buffer.from(made, 'base64')).toHaveLength(32)
  expect(readEnv({ DATA_DIR: dataDir }).secret).toBe(made)
  expect(readEnv({ DATA_DIR: await newFolder() }).secret).not.toBe(made)
  expect(statSync(path.join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  expect(readdirSync(dataDir)).toEqual(['secret'])
})

test('a kept secret that lost its end is refused, not used', async () => {
  const dataDir = await newFolder()
  for (const rest of ['', 'AbC+']) {
    writeFileSync(path.join(dataDir, 'secret'), rest)
    expect(() => readEnv({ DATA_DIR: dataDir })).toThrow(ConfigurationError)
  }
})

test('processes that start at the same moment agree on the secret', async () => {
  const program = `
    import { existsSync, statSync } from 'node:fs'
    import { readEnv } from '@/lib/env'
    const go = input + '/go'
    console.log('ready')
    while (!existsSync(go));
    const secrets = []
    for (let round = 1; round <= 100; round += 1) {
      while (Date.now() < statSync(go).mtimeMs + round * 5);
      secrets.push(readEnv({ DATA_DIR: input + '/' + round }).secret)
    }
    console.log(secrets.join(' '))`
  const folder = await newFolder()
  const programs = [1, 2, 3].map(() => startProgram(program, folder))
  for (const each of programs) expect(await each.line()).toBe('ready')
  writeFileSync(path.join(folder, 'go'), '')
  const [first, ...others] = await Promise.all(programs.map((each) => each.line()))
  expect(first?.split(' ').map((made) => made.length)).toEqual(Array(100).fill(44))
  for (const other of others) expect(other).toBe(first)
}, 20_000)
