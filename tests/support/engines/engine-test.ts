import { test } from '@/tests/support/browser/test'

/** For tests that bring a browser of their own: none is started for them. */
export const engineTest = test.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
  console: async ({}, use) => use([]),
})
