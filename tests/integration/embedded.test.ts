import { chmodSync, readdirSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { closeDb, db } from '@/lib/db/client'
import { DatabaseInUseError, openEmbedded } from '@/lib/db/embedded'
import { migrate } from '@/prisma/migrate'
import { newFolder } from '@/tests/support/vitest/folder'
import { startProgram } from '@/tests/support/vitest/program'

/** Opens the database in its input and writes one row after the other; prints each that was acknowledged. */
const writer = `
  process.env.DATA_DIR = input
  const { db } = await import('@/lib/db/client')
  const client = await db()
  for (let number = 0; ; number += 1) {
    const name = process.pid + '-' + number
    await client.event.create({ data: { name } })
    console.log(name)
  }`

test('a second process is told who uses the database and what to do; when the first is killed, all that it acknowledged is there', async () => {
  const dataDir = await newFolder()
  await migrate({ databaseUrl: null, dataDir })
  const acknowledged: string[] = []
  for (let round = 0; round < 2; round += 1) {
    const first = startProgram(writer, dataDir)
    for (let line = 0; line < 15; line += 1) acknowledged.push((await first.line()) ?? first.errors())
    if (round === 0) await refuses(dataDir, first.pid)
    first.kill()
    for (let line = await first.line(); line !== null; line = await first.line()) acknowledged.push(line)
    expect(await first.ended).toBe('SIGKILL')
  }
  process.env.DATA_DIR = dataDir
  const rows = await (await db()).event.findMany({ select: { name: true } })
  await closeDb()
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(acknowledged))
  expect(readdirSync(dataDir).filter((name) => name.startsWith('lock'))).toEqual([])
}, 120_000)

test('a data folder that existed before, with whatever rights, is its owner’s alone once it was opened', async () => {
  const dataDir = await newFolder()
  for (const mode of [0o777, 0o755]) {
    chmodSync(dataDir, mode)
    const connection = await (await openEmbedded(dataDir)).connect()
    await connection.dispose()
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
  }
})

test('a folder that cannot be one is a fault of the configuration', async () => {
  for (const dataDir of ['/dev/null', '/dev/null/data'])
    await expect(openEmbedded(dataDir)).rejects.toThrow('DATA_DIR is not usable')
})

async function refuses(dataDir: string, holder: number): Promise<void> {
  const error = await openEmbedded(dataDir).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(DatabaseInUseError)
  expect((error as Error).message).toBe(
    `Another process (${holder}) is using the embedded database in ${dataDir}. Stop it first, or set DATA_DIR to another folder.`,
  )
}
