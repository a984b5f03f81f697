import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { findUnproven, namedTests, rowsUnder } from '@/tools/guarantees'

const text = `## Promises

| promise | standard | test |
|---|---|---|
| one | A \`1.2\` | \`a link serves once\`, \`another\` |
| two | B | \`a third\` |

### More
| promise | test |
|---|---|
| three | \`a fourth\` |

## Other
| x | y | \`not this one\` |
|---|---|---|
| x | y | \`nor this one\` |
`

test('the tests named are those in the last column of the tables under a heading', () => {
  expect(namedTests(text, ['Promises'])).toEqual(['a link serves once', 'another', 'a third', 'a fourth'])
  expect(rowsUnder(text, 'Promises').map(([first]) => first)).toEqual(['one', 'two', 'three'])
  expect(namedTests(text, ['Nothing'])).toEqual([])
})

test('every standard that a promise rests on is explained beside it, and no other', async () => {
  const guarantees = await readFile('docs/guarantees.md', 'utf8')
  const cited = rowsUnder(guarantees, 'Promises').flatMap(([, standards = '']) => standards.split('; '))
  const explained = rowsUnder(guarantees, 'Standards').map(([paragraph]) => paragraph)
  expect(cited.length).toBeGreaterThan(60)
  expect([...new Set(cited)].sort()).toEqual(explained.sort())
})

test('every promise names a test', async () => {
  const promises = rowsUnder(await readFile('docs/guarantees.md', 'utf8'), 'Promises')
  expect(promises.length).toBeGreaterThan(35)
  for (const [promise, , proof] of promises) expect(proof, promise).toMatch(/`[^`]{5,}`/)
})

test('a test that a document names and that did not pass is found', async () => {
  const named = await findUnproven([], false)
  expect(named).toContain('only a submission from our own origin is taken')
  expect(named).toContain('a lost password is replaced with the keyboard alone, in fr')
  expect(await findUnproven(named, false)).toEqual([])
  expect(await findUnproven(named.slice(1), false)).toEqual(named.slice(0, 1))
})

test('in a sample it is enough that a walk went one of two ways', async () => {
  const named = await findUnproven([], true)
  const oneWay = named.map((title) => title.replace(/ without JavaScript$/, ' with JavaScript'))
  expect(oneWay).not.toEqual(named)
  expect(await findUnproven(oneWay, true)).toEqual([])
  expect(await findUnproven(oneWay, false)).not.toEqual([])
})
