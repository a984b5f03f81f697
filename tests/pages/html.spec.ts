import { expect, type Page, type Response } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/e2e/fixtures'
import { faultsOf } from '@/tests/e2e/html-rules'
import { expectOnlyFailures, servedStates } from '@/tests/e2e/states'
import { tally } from '@/tests/e2e/tally'

// What is served is what somebody without scripts sees.
test.use({ javaScriptEnabled: false })

for (const locale of locales.filter((one) => ['fr', 'en', 'ar'].includes(one)))
  for (const [whose, states] of Object.entries(servedStates))
    test(`no page ${whose} is served as faulty HTML, in ${locale}`, async ({ page, service, console: complaints }) => {
      const served = lastDocument(page)
      const count = tally('html-validate, served')
      for await (const [name, state] of states({ page, service, locale })) {
        const faults = await faultsOf(await served())
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
