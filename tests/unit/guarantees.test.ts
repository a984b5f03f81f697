import { expect, test } from 'vitest'
import { findUnproven, namedTests } from '@/scripts/guarantees'

const readme = `## Guarantees

| promise | standard | test |
|---|---|---|
| one | A \`1.2\` | \`a link serves once\`, \`another\` |
| two | B | \`a third\` |

## Other
| x | y | \`not this one\` |
`

test('the tests named are those in the last column under Guarantees', () => {
  expect(namedTests(readme)).toEqual(['a link serves once', 'another', 'a third'])
})

test('a named test that did not pass is found', async () => {
  const named = await findUnproven([])
  expect(named.length).toBeGreaterThan(0)
  expect(await findUnproven(named)).toEqual([])
})
