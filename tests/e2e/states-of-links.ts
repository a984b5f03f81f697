import { deadStates, linkPages, mailedLinks, setLink } from '@/tests/e2e/mailed-links'
import { type Stop, submitAndWait, type Walk } from '@/tests/e2e/stops'
import { redeemReset } from '@/tests/e2e/walks'
import { newPerson } from '@/tests/support/person'

/** Shows the pages of mailed links: alive, and dead in each way. */
export async function* statesOfLinks({ page, service, locale }: Walk): AsyncGenerator<Stop> {
  for (const path of linkPages) {
    await page.goto(`/${locale}/${path}`)
    yield [path, 'unknown']
    const { link } = await mailedLinks[path](service)
    const follow = () => page.goto(link.replace('/fr/', `/${locale}/`))
    await follow()
    yield [path, 'live']
    if (path === 'reset-password') {
      await submitAndWait(page)
      yield [path, 'errors']
      await follow()
      await redeemReset(page, newPerson(), 'Un-n0uveau secret')
      await page.locator('main form [role=alert]').waitFor()
      yield [path, 'refused']
    }
    for (const state of deadStates[path]) {
      await setLink(service, link, state)
      await follow()
      yield [path, state]
    }
  }
}
