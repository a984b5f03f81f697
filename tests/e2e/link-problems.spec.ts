import { expect } from '@playwright/test'
import { tokenPolicy } from '@/lib/policy'
import { test } from '@/tests/support/browser/test'
import { askForReset, confirm, redeemReset, submit } from '@/tests/support/browser/walks'
import { cookiesOf, followRaw } from '@/tests/support/http/forms'
import { rawRequest } from '@/tests/support/http/raw-request'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { deadStates, type LinkPage, linkPages, mailedLinks, setLink } from '@/tests/support/mail/mailed-links'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

/** Where a page's reasons are in the catalogue, where it leads on, and how long its links live. */
const problems = {
  'reset-password': { words: 'resetProblem', way: 'forgot-password', life: { fr: '30 minutes', en: '30 minutes' } },
  'verify-email': { words: 'verifyProblem', way: 'signup/resend', life: { fr: '24 heures', en: '24 hours' } },
  'new-email': { words: 'newEmailProblem', way: 'login', life: { fr: '24 heures', en: '24 hours' } },
  'not-me': { words: 'notMeProblem', way: 'forgot-password', life: { fr: '3 jours', en: '3 days' } },
} as const
const attempts = tokenPolicy.maxAttempts

test.describe(() => {
  test.use({ javaScriptEnabled: false })

  for (const path of linkPages) {
    const { words, life } = problems[path]

    test(`a ${path} link that no longer serves says why, and leads on`, async ({ page, service }) => {
      const { link } = await mailedLinks[path](service)
      for (const state of deadStates[path]) {
        await setLink(service, link, state)
        for (const locale of ['fr', 'en'] as const) {
          await page.goto(link.replace('/fr/', `/${locale}/`))
          await expect(page).toHaveURL(({ pathname }) => pathname === `/${locale}/${path}`)
          const sentence = say(locale, `${words}.${state}`, { duration: life[locale], attempts })
          await expect(page.locator('main')).toContainText(sentence)
          await expect(page.locator('main form')).toHaveCount(0)
          const leadsTo = wayFrom(path, state)
          if (leadsTo) await expect(page.locator(`main a[href="/${locale}/${leadsTo}"]`)).toBeVisible()
          else await expect(page.locator('main a')).toHaveCount(0)
        }
      }
    })
  }

  test('a link that nobody mailed is not known', async ({ page }) => {
    for (const path of linkPages) {
      const { words, way } = problems[path]
      for (const token of ['', `/${'A'.repeat(43)}`, `/${'A'.repeat(44)}`]) {
        await page.goto(`/fr/${path}${token}`)
        await expect(page).toHaveURL(({ pathname }) => pathname === `/fr/${path}`)
        await expect(page.locator('main')).toContainText(say('fr', `${words}.unknown`))
      }
      await page.locator(`main a[href="/fr/${way}"]`).click()
      await expect(page).toHaveURL(`/fr/${way}`)
    }
  })
})

for (const path of linkPages) {
  test(`a ${path} link that was mangled on its way serves, and one that is not whole says so`, async ({ service }) => {
    const { link } = await mailedLinks[path](service)
    const [whole, token] = [new URL(link).pathname, link.slice(-43)]
    const cookieFor = async (mangled: string) => {
      const answer = await rawRequest({ port: service.app.port, target: mangled, headers })
      const to = answer.headers.get('location')
      return to === whole || answer.status === 308 ? cookiesOf(await followRaw(service, service.url + to)) : to
    }
    const headers = ['Host', new URL(service.url).host]
    for (const mangled of [
      ...['.', '%3E', '&gt;', '%', '%0A', '?utm_source=mail', '_'].map((behind) => whole + behind),
      whole.replace(/^.*\//, (folders) => folders.toUpperCase()),
      whole.replaceAll('/', '//'),
      `${whole.slice(0, -20)}=%0D%0A${whole.slice(-20)}`,
      `/${encodeURIComponent(whole.slice(1))}`,
    ]) {
      const kept = mangled.includes('?') ? cookiesOf(await followRaw(service, link)) : await cookieFor(mangled)
      expect.soft(kept, mangled).toContain(token)
    }
    for (const broken of ['/short', `/${token.slice(0, 42)}`, `/${token.toLowerCase()}`, '/%3Cscript%3Eshort', '/…']) {
      const answer = await fetch(`${service.url}/fr/${path}${broken}`)
      expect.soft(await answer.text(), broken).toContain(say('fr', 'unopenedLink.damaged'))
    }
  })
}

test('every reason has a sentence of its own', () => {
  for (const locale of ['fr', 'en'] as const) {
    for (const path of linkPages) {
      const reasons = ['unknown', ...deadStates[path]]
      const sentences = reasons.map((reason) => say(locale, `${problems[path].words}.${reason}`))
      expect(new Set(sentences).size).toBe(sentences.length)
    }
  }
})

test('an expired confirmation link is mailed again to whoever asks on the page it leads to', async ({
  page,
  service,
}) => {
  const { person, link } = await mailedLinks['verify-email'](service)
  await setLink(service, link, 'expired')
  await page.goto(link)
  await page.getByRole('link', { name: say('fr', 'verifyProblem.resend') }).click()
  await page.locator('[name=email]').fill(person.email)
  await submit(page)
  await expect(page).toHaveURL('/fr/signup/resend/sent')
  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'verify-email'))
  await confirm(page, person)
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
    await redeemReset(page, { ...person, firstName: 'Mallory' }, newPassword)
    await expect(page.locator('main').getByRole('alert')).toContainText(`${attempts} essais`)
    await page.reload()
  }
  await redeemReset(page, { ...person, firstName: 'Mallory' }, newPassword)
  await expect(page.locator('main')).toContainText(say('fr', 'resetProblem.too_many_attempts', { attempts }))

  await query(service.databaseUrl, `DELETE FROM "RateLimit"`)
  await page.getByRole('link', { name: say('fr', 'resetProblem.again') }).click()
  await askForReset(page, 'fr', person)
  const link = linkIn(await sweptMailTo(service, person.email, 3), 'reset-password')
  await page.goto(link)
  await redeemReset(page, person, newPassword)
  await expect(page).toHaveURL('/fr/reset-password/done')
  await page.goto(link)
  await expect(page.locator('main')).toContainText(say('fr', 'resetProblem.used'))
})

/** Where the page of a link that no longer serves leads; null where the link itself is the way on, once another account no longer has its address. */
function wayFrom(path: LinkPage, state: string): string | null {
  if (path === 'not-me' && state === 'address_taken') return null
  return path === 'verify-email' && ['used', 'address_taken'].includes(state) ? 'login' : problems[path].way
}
