import { expect, test } from '@playwright/test'
import { expectOneMeaning, ourCheck } from '@/tests/support/http/one-meaning'

test('of 10,000 strange submissions, each that passes is the same to every reader', async () => {
  expect(await expectOneMeaning(ourCheck, 10_000, 17)).toBeGreaterThan(2_000)
})
