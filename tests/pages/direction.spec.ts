import { readdir } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { joinAndLogIn } from '@/tests/support/browser/walks'
import { mailedLinks } from '@/tests/support/mail/mailed-links'
import { query } from '@/tests/support/postgres/query'

/** What is read and typed sign by sign, by the name of its field. */
const signBySign = ['identifier', 'email', 'newEmail', 'username', 'password', 'newPassword', 'currentPassword']

test('on every page in Arabic passwords, addresses, user names and references run from left to right, labels from right to left', async ({
  page,
  service,
}) => {
  test.setTimeout(120_000)
  const person = await joinAndLogIn(page, service)
  await query(service.databaseUrl, `UPDATE "Account" SET "username" = '.robin-1.' WHERE "email" = '${person.email}'`)
  for (const link of ['reset-password', 'verify-email', 'new-email', 'not-me'] as const)
    await page.goto((await mailedLinks[link](service)).link)
  await page.context().addCookies([{ name: 'mail', value: '0badc0de', url: service.url }])
  const seen = new Set<string>()
  const files = (await readdir('app/[locale]', { recursive: true })).filter((file) => file.endsWith('page.tsx'))
  const paths = files.map((file) => `/${file}`.replace(/\/\([a-z]+\)|\/page\.tsx$/g, ''))
  // Whoever is signed in does not see the page of a sign-in.
  for (const path of [...paths.filter((path) => path !== '/login'), '/login']) {
    if (path === '/login') await page.context().clearCookies({ name: 'session' })
    await page.goto(`/ar${path}`)
    for (const [what, directions] of await directionsOf(page, [person.email, '.robin-1.', '0badc0de'])) {
      seen.add(what)
      for (const direction of directions) expect.soft(direction, `${what} on ${path}`).toBe('ltr')
    }
    const labels = await page
      .locator('main label')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).direction))
    expect.soft(new Set(labels).has('ltr'), `a label on ${path}`).toBe(false)
  }
  expect([...seen].sort()).toEqual([...signBySign, person.email, '.robin-1.', '0badc0de'].sort())
})

test('a shown password is drawn in Arabic as it was typed', async ({ page }) => {
  await page.goto('/ar/login')
  const field = page.locator('[name=password]')
  await field.fill('!Abc123?')
  await page.locator('#password-reveal').click()
  await field.evaluate((input) => input.blur())
  const shown = await field.screenshot()
  await field.evaluate((input) => {
    input.style.direction = 'ltr'
    input.style.unicodeBidi = 'bidi-override'
  })
  const plain = await field.screenshot()
  expect(plain.equals(shown)).toBe(true)
})

/** Which way each field is written, and each text of those given. */
function directionsOf(page: Page, texts: string[]): Promise<[string, string[]][]> {
  return page.evaluate(
    ([fields = [], texts = []]) => {
      const found: [string, Element[]][] = fields.map((name) => [name, [...document.getElementsByName(name)]])
      const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const text of texts)
          if (node.textContent?.trim() === text && node.parentElement) found.push([text, [node.parentElement]])
      return found
        .filter(([, elements]) => elements.length > 0)
        .map(([what, elements]) => [what, elements.map((one) => getComputedStyle(one).direction)])
    },
    [signBySign, texts],
  )
}
