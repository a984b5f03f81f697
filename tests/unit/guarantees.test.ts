import { expect, test } from 'vitest'
import { findUnproven, namedTests, rowsUnder } from '@/scripts/guarantees'

const text = `## Guarantees

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
  expect(namedTests(text, ['Guarantees'])).toEqual(['a link serves once', 'another', 'a third', 'a fourth'])
  expect(rowsUnder(text, 'Guarantees').map(([first]) => first)).toEqual(['one', 'two', 'three'])
  expect(namedTests(text, ['Nothing'])).toEqual([])
})

test('a test that a document names and that did not pass is found', async () => {
  const named = await findUnproven([])
  expect(named).toContain('only a submission from our own origin is taken')
  expect(named).toContain('a lost password is replaced with the keyboard alone, in fr')
  expect(await findUnproven(named)).toEqual([])
  expect(await findUnproven(named.slice(1))).toEqual(named.slice(0, 1))
})
