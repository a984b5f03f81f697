import { expect } from '@playwright/test'
import { tokenPolicy } from '@/lib/accounts/policy'
import { linkIn, submit, sweptMailTo, test } from '@/tests/e2e/fixtures'
import { deadStates, linkPages, mailedLinks, setLink } from '@/tests/e2e/mailed-links'
import { joinRaw } from '@/tests/e2e/raw-walks'
import { askForReset, fillLogIn, redeemReset } from '@/tests/e2e/walks'
import { say } from '@/tests/e2e/words'
import { query } from '@/tests/support/postgres-admin'

/** Where a page's reasons are in the catalogue, where it leads on, and how long its links live. */
const problems = {
  'reset-password': { words: 'resetProblem', way: 'forgot-password', life: { fr: '30 minutes', en: '30 minutes' } },
  'verify-email': { words: 'verifyProblem', way: 'login', life: { fr: '24 heures', en: '24 hours' } },
  'new-email': { words: 'newEmailProblem', way: 'login', life: { fr: '24 heures', en: '24 hours' } },
  'not-me': { words: 'notMeProblem', way: 'forgot-password', life: { fr: '3 jours', en: '3 days' } },
} as const
const attempts = tokenPolicy.passwordReset.maxIdentityAttempts

test.describe(() => {
  test.use({ javaScriptEnabled: false })

  for (const path of linkPages) {
    const { words, way, life } = problems[path]

    test(`a ${path} link that no longer serves says why, and leads on`, async ({ page, service }) => {
      const { link } = await mailedLinks[path](service)
      for (const state of deadStates[path]) {
        await setLink(service, link, state)
        for (const locale of ['fr', 'en'] as const) {
          await page.goto(link.replace('/fr/', `/${locale}/`))
          await expect(page).toHaveURL(`/${locale}/${path}`)
          const sentence = say(locale, `${words}.${state}`, { duration: life[locale], attempts })
          await expect(page.locator('main')).toContainText(sentence)
          await expect(page.locator('main form')).toHaveCount(0)
          await expect(page.locator(`main a[href="/${locale}/${way}"]`)).toBeVisible()
        }
      }
    })
  }

  test('a link that nobody mailed is not known', async ({ page }) => {
    for (const path of linkPages) {
      const { words, way } = problems[path]
      for (const token of ['', `/${'A'.repeat(43)}`, '/short', `/${'A'.repeat(44)}`, '/%3Cscript%3E']) {
        await page.goto(`/fr/${path}${token}`)
        await expect(page).toHaveURL(`/fr/${path}`)
        await expect(page.locator('main')).toContainText(say('fr', `${words}.unknown`))
      }
      await page.locator(`main a[href="/fr/${way}"]`).click()
      await expect(page).toHaveURL(`/fr/${way}`)
    }
  })
})

test('every reason has a sentence of its own', () => {
  for (const locale of ['fr', 'en'] as const) {
    for (const path of linkPages) {
      const reasons = ['unknown', ...deadStates[path]]
      const sentences = reasons.map((reason) => say(locale, `${problems[path].words}.${reason}`))
      expect(new Set(sentences).size).toBe(sentences.length)
    }
  }
})

test('an expired confirmation link is renewed by signing in', async ({ page, service }) => {
  const { person, link } = await mailedLinks['verify-email'](service)
  await setLink(service, link, 'expired')
  await fillLogIn(page, 'fr', person)
  await expect(page.locator('main').getByRole('status').first()).toContainText(
    say('fr', 'formCodes.confirmation_sent_again'),
  )
  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'verify-email'))
  await submit(page)
  await expect(page).toHaveURL('/fr/verify-email/done')
})

test('the fifth wrong answer ends a link, a used one says so, and each leads to a link that serves', async ({
  page,
  service,
}) => {
  const person = await joinRaw(service)
  await askForReset(page, 'fr', person)
  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  for (let round = 1; round < attempts; round += 1) {
    await redeemReset(page, { ...person, firstName: 'Mallory' }, 'Un-n0uveau secret')
    await expect(page.locator('main').getByRole('alert')).toContainText(`${attempts} essais`)
    await page.reload()
  }
  await redeemReset(page, { ...person, firstName: 'Mallory' }, 'Un-n0uveau secret')
  await expect(page.locator('main')).toContainText(say('fr', 'resetProblem.too_many_attempts', { attempts }))

  await query(service.databaseUrl, `DELETE FROM "RateLimit"`)
  await page.getByRole('link', { name: say('fr', 'resetProblem.again') }).click()
  await askForReset(page, 'fr', person)
  const link = linkIn(await sweptMailTo(service, person.email, 3), 'reset-password')
  await page.goto(link)
  await redeemReset(page, person, 'Un-n0uveau secret')
  await expect(page).toHaveURL('/fr/reset-password/done')
  await page.goto(link)
  await expect(page.locator('main')).toContainText(say('fr', 'resetProblem.used'))
})
