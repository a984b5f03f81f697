import { cp, mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { digestSources, forgetBuild, isBuilt, noteBuild } from '@/scripts/sources'
import { newFolder } from '@/tests/support/vitest/folder'

test('a build serves until a source is changed, added, renamed or removed, whatever was generated meanwhile', async () => {
  const root = await newFolder()
  for (const folder of ['app', 'lib/db/generated', '.next']) await mkdir(path.join(root, folder), { recursive: true })
  const write = (file: string, text: string) => writeFile(path.join(root, file), text)
  await write('app/page.tsx', 'one')
  await write('.next/BUILD_ID', 'first')
  expect(isBuilt(root)).toBe(false)

  noteBuild(digestSources(root), root)
  await write('lib/db/generated/client.ts', 'generated')
  await write('app/page.tsx', 'one')
  expect(isBuilt(root)).toBe(true)

  const changes = [
    () => write('app/page.tsx', 'two'),
    () => write('lib/env.ts', 'new'),
    () => rm(path.join(root, 'lib/env.ts')).then(() => write('lib/environment.ts', 'new')),
    () => rm(path.join(root, 'lib/environment.ts')),
  ]
  for (const change of changes) {
    await change()
    expect(isBuilt(root)).toBe(false)
    noteBuild(digestSources(root), root)
    expect(isBuilt(root)).toBe(true)
  }
})

test('a build that was killed is none, whoever began it, and a copy of a whole one is one', async () => {
  const root = await newFolder()
  await mkdir(path.join(root, '.next'))
  await writeFile(path.join(root, 'middleware.ts'), 'one')
  await writeFile(path.join(root, '.next/BUILD_ID'), 'first')
  noteBuild(digestSources(root), root)
  const copy = path.join(await newFolder(), 'elsewhere')
  await cp(root, copy, { recursive: true })
  await utimes(path.join(copy, 'middleware.ts'), new Date(), new Date())
  expect([isBuilt(root), isBuilt(copy)]).toEqual([true, true])

  forgetBuild(root)
  expect(isBuilt(root)).toBe(false)
  await writeFile(path.join(copy, '.next/BUILD_ID'), 'second')
  expect(isBuilt(copy)).toBe(false)
  await rm(path.join(copy, '.next/BUILD_ID'))
  expect(isBuilt(copy)).toBe(false)
})
