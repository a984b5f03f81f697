import { expect, type Page, type Response } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/support/browser/test'
import { htmlFaults } from '@/tests/support/checks/html-faults'
import { tally } from '@/tests/support/checks/tally'
import { sampleOf } from '@/tests/support/sample'
import { expectOnlyFailures, servedStates } from '@/tests/support/states/states'

// What is served is what somebody without scripts sees.
test.use({ javaScriptEnabled: false })

const languages = locales.filter((one) => ['fr', 'en', 'ar'].includes(one))

for (const [group, [whose, states]] of Object.entries(servedStates).entries())
  for (const locale of sampleOf(languages, group + 1))
    test(`no page ${whose} is served as faulty HTML, in ${locale}`, async ({ page, service, console: complaints }) => {
      const served = lastDocument(page)
      const count = tally('html-validate, served')
      for await (const [name, state] of states({ page, service, locale })) {
        const faults = await htmlFaults(await served())
        count(name, state, faults)
        expect.soft(faults, `${name}, ${state}`).toEqual([])
      }
      expectOnlyFailures(complaints)
    })

/** Reads the document that the page was served last, as it was served. */
function lastDocument(page: Page): () => Promise<string> {
  let last: Response | undefined
  page.on('response', (response) => {
    if (response.request().resourceType() === 'document') last = response
  })
  return async () => (await last?.text()) ?? ''
}
