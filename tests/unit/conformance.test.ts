import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const document = readFileSync('docs/conformance.md', 'utf8')
const rows = [...document.matchAll(/^\| `(oidcc-[\w-]+)` \| ([\w ]+) \|/gm)].map(([, module = '', result = '']) => ({
  module,
  result,
}))
const files = readdirSync('tests/clients').filter((name) => name.startsWith('conformance-'))
const replayed = files.flatMap((name) =>
  [...readFileSync(`tests/clients/${name}`, 'utf8').matchAll(/'(oidcc-[\w-]+): /g)].map(([, module = '']) => module),
)

test('each module of the plans that can be replayed is, and the document tells of no other', () => {
  expect(rows).toHaveLength(38 + 1 + 11 + 2)
  const applicable = rows.filter(({ result }) => result !== 'not applicable').map(({ module }) => module)
  expect(replayed.sort()).toEqual(applicable.sort())
})

test('each result is one that the document explains', () => {
  const explained = [...document.matchAll(/^- \*\*([\w ]+)\*\*/gm)].map(([, result]) => result)
  expect(explained).toHaveLength(3)
  for (const { module, result } of rows) expect(explained, module).toContain(result)
})
