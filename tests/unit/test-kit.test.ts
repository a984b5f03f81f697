import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const suites = ['e2e', 'faults', 'integration', 'pages', 'serverless', 'unit', 'weight']

test('no two helpers of the tests have the same name', async () => {
  const files = (await filesIn('tests/support')).filter((file) => file.endsWith('.ts'))
  const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const names = sources.flatMap((source) => [...source.matchAll(exported)].map(([, name]) => name))
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([])
})

test('a suite’s folder holds its tests and their data, no helper', async () => {
  const files = (await Promise.all(suites.map((suite) => filesIn(`tests/${suite}`)))).flat()
  expect(files.length).toBeGreaterThan(100)
  expect(files.filter((file) => !/\.(spec|test)\.ts$|\.(txt|json|webp)$/.test(file))).toEqual([])
})

const exported = /^export (?:async )?(?:class|const|function\*?|let|type) (\w+)/gm

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
