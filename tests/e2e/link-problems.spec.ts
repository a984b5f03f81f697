import { expect } from '@playwright/test'
import { tokenPolicy } from '@/lib/accounts/policy'
import { linkIn, mailTo, submit, test } from '@/tests/e2e/fixtures'
import { deadStates, mailedLinks, setLink } from '@/tests/e2e/mailed-links'
import { joinRaw } from '@/tests/e2e/raw-walks'
import { askForReset, fillLogIn, redeemReset } from '@/tests/e2e/walks'
import { say } from '@/tests/e2e/words'
import { query } from '@/tests/support/postgres-admin'

const durations = { fr: ['30 minutes', '24 heures'], en: ['30 minutes', '24 hours'] } as const
const attempts = tokenPolicy.passwordReset.maxIdentityAttempts

test.describe(() => {
  test.use({ javaScriptEnabled: false })

  test('a reset link that no longer serves says why, and leads to a new one', async ({ page, service }) => {
    const { link } = await mailedLinks['reset-password'](service)
    for (const state of deadStates['reset-password']) {
      await setLink(service, link, state)
      for (const locale of ['fr', 'en'] as const) {
        await page.goto(link.replace('/fr/', `/${locale}/`))
        await expect(page).toHaveURL(`/${locale}/reset-password`)
        const sentence = say(locale, `resetProblem.${state}`, { duration: durations[locale][0], attempts })
        await expect(page.locator('main')).toContainText(sentence)
        await expect(page.locator('main form')).toHaveCount(0)
        await expect(page.locator(`main a[href="/${locale}/forgot-password"]`)).toBeVisible()
      }
    }
  })

  test('a confirmation link that no longer serves says why, and leads on', async ({ page, service }) => {
    const { link } = await mailedLinks['verify-email'](service)
    for (const state of deadStates['verify-email']) {
      await setLink(service, link, state)
      for (const locale of ['fr', 'en'] as const) {
        await page.goto(link.replace('/fr/', `/${locale}/`))
        await expect(page).toHaveURL(`/${locale}/verify-email`)
        const sentence = say(locale, `verifyProblem.${state}`, { duration: durations[locale][1] })
        await expect(page.locator('main')).toContainText(sentence)
        await expect(page.locator('main form')).toHaveCount(0)
        await expect(page.locator(`main a[href="/${locale}/login"]`)).toBeVisible()
      }
    }
  })

  test('a link that nobody mailed is not known', async ({ page }) => {
    for (const [path, words, way] of [
      ['not-me', 'notMeProblem.unknown', 'forgot-password'],
      ['new-email', 'newEmailProblem.unknown', 'login'],
      ['reset-password', 'resetProblem.unknown', 'forgot-password'],
      ['verify-email', 'verifyProblem.unknown', 'login'],
    ]) {
      for (const token of ['', `/${'A'.repeat(43)}`, '/short', `/${'A'.repeat(44)}`, '/%3Cscript%3E']) {
        await page.goto(`/fr/${path}${token}`)
        await expect(page).toHaveURL(`/fr/${path}`)
        await expect(page.locator('main')).toContainText(say('fr', words ?? ''))
      }
      await page.locator(`main a[href="/fr/${way}"]`).click()
      await expect(page).toHaveURL(`/fr/${way}`)
    }
  })
})

test('every reason has a sentence of its own', () => {
  for (const locale of ['fr', 'en'] as const) {
    for (const page of ['resetProblem', 'verifyProblem']) {
      const sentences = ['unknown', ...deadStates['reset-password']].map((state) => say(locale, `${page}.${state}`))
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
  await page.goto(linkIn(await mailTo(service.resend, person.email, 2), 'verify-email'))
  await submit(page)
  await expect(page).toHaveURL('/fr/verify-email/done')
})

test('the fifth wrong answer ends a link, a used one says so, and each leads to a link that serves', async ({
  page,
  service,
}) => {
  const person = await joinRaw(service)
  await askForReset(page, 'fr', person)
  await page.goto(linkIn(await mailTo(service.resend, person.email, 2), 'reset-password'))
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
  const link = linkIn(await mailTo(service.resend, person.email, 3), 'reset-password')
  await page.goto(link)
  await redeemReset(page, person, 'Un-n0uveau secret')
  await expect(page).toHaveURL('/fr/reset-password/done')
  await page.goto(link)
  await expect(page.locator('main')).toContainText(say('fr', 'resetProblem.used'))
})
