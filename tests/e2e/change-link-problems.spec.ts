import { expect } from '@playwright/test'
import { test } from '@/tests/e2e/fixtures'
import { deadStates, mailedLinks, setLink } from '@/tests/e2e/mailed-links'
import { say } from '@/tests/e2e/words'

const pages = {
  'not-me': { words: 'notMeProblem', way: 'forgot-password', durations: { fr: '3 jours', en: '3 days' } },
  'new-email': { words: 'newEmailProblem', way: 'login', durations: { fr: '24 heures', en: '24 hours' } },
} as const

test.use({ javaScriptEnabled: false })

for (const [path, { words, way, durations }] of Object.entries(pages)) {
  test(`a ${path} link that no longer serves says why, and leads on`, async ({ page, service }) => {
    const states = deadStates[path as keyof typeof pages]
    const { link } = await mailedLinks[path as keyof typeof pages](service)
    for (const state of states) {
      await setLink(service, link, state)
      for (const locale of ['fr', 'en'] as const) {
        await page.goto(link.replace('/fr/', `/${locale}/`))
        await expect(page).toHaveURL(`/${locale}/${path}`)
        const sentence = say(locale, `${words}.${state}`, { duration: durations[locale] })
        await expect(page.locator('main')).toContainText(sentence)
        await expect(page.locator('main form')).toHaveCount(0)
        await expect(page.locator(`main a[href="/${locale}/${way}"]`)).toBeVisible()
      }
    }
    const reasons = ['unknown', ...states]
    expect(new Set(reasons.map((reason) => say('fr', `${words}.${reason}`))).size).toBe(reasons.length)
  })
}
