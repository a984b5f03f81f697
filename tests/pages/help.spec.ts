import { gzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { helpSteps } from '@/app/[locale]/help/steps'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/support/browser/test'
import { barriers } from '@/tests/support/checks/barriers'
import { schemes } from '@/tests/support/checks/page-pictures'
import { someOf } from '@/tests/support/sample'
import { say } from '@/tests/support/words'

for (const locale of someOf(locales))
  test(`the guide in ${locale} has five panels, pictures for light and dark, and no barrier`, async ({ page }) => {
    await page.goto(`/${locale}/help`)
    await expect(page).toHaveTitle(`${say(locale, 'help.title')} – Metamots`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(say(locale, 'help.title'))
    await expect(page.locator('main')).toContainText(say(locale, 'help.restrictions.secret'))
    expect(await openPanels(page)).toEqual([true, false, false, false, false])
    for (const [index, step] of helpSteps.entries()) {
      const panel = page.locator('main details').nth(index)
      const title = say(locale, `${step}.title`)
      await expect(panel.getByRole('heading', { level: 3 })).toHaveText(
        say(locale, 'help.stepTitle', { number: index + 1, title }),
      )
      if (index > 0) await panel.locator('summary').click()
      await expect(panel.locator('img')).toHaveAttribute('alt', new RegExp(title))
    }
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      for (const [index, step] of helpSteps.entries()) {
        const image = page.locator('main img').nth(index)
        await image.scrollIntoViewIfNeeded()
        await expect(image).toHaveJSProperty('naturalWidth', Number(await image.getAttribute('width')))
        await expect(image).toHaveJSProperty('naturalHeight', Number(await image.getAttribute('height')))
        const { pathname } = new URL(await image.evaluate((loaded: HTMLImageElement) => loaded.currentSrc))
        expect(pathname).toBe(`/help/${locale}/${step}-${colorScheme}.webp`)
      }
      expect(await barriers(page)).toEqual([])
    }
  })

for (const javaScriptEnabled of [true, false])
  test.describe(() => {
    test.use({ javaScriptEnabled })

    test(`the contents lead to each panel and open it, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
      page,
    }) => {
      for (const [index, step] of helpSteps.entries()) {
        await page.goto('/fr/help')
        await page.locator('main nav a').nth(index).click()
        await expect(page).toHaveURL(`/fr/help#${step}`)
        await expect(page.locator('main details').nth(index)).toHaveAttribute('open')
        await expect(page.locator('main details').nth(index).locator('summary')).toBeInViewport()
        await expect(page.locator('main details').nth(index).locator('p').first()).toBeInViewport()
      }
    })
  })

test('panels open and close with the keyboard', async ({ page }) => {
  await page.goto('/fr/help')
  await page.locator('main summary').first().focus()
  await page.keyboard.press('Enter')
  for (let panel = 1; panel < helpSteps.length; panel += 1) {
    await page.keyboard.press('Tab')
    await expect(page.locator('main summary').nth(panel)).toBeFocused()
    await page.keyboard.press('Space')
  }
  expect(await openPanels(page)).toEqual([false, true, true, true, true])
})

test('printed, the guide has all its panels and pictures', async ({ page }) => {
  await page.goto('/fr/help')
  const contents = page.locator('main details > div')
  await expect(contents.nth(4)).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  for (const panel of await contents.all()) await expect(panel).toBeVisible()
  await expect(page.locator('main nav')).toBeHidden()
  // Whoever prints waits for them by itself; whoever asks for a PDF does not.
  for (const image of await page.locator('main img').all()) await expect(image).not.toHaveJSProperty('naturalWidth', 0)
  const paper = (await page.pdf({ format: 'A4' })).toString('latin1')
  expect(paper.match(/\/Subtype ?\/Image/g)).toHaveLength(helpSteps.length)
  expect(paper.match(/\/Type ?\/Page\b/g)?.length).toBeLessThanOrEqual(2)
})

test('the guide is found once on each page where one is stuck', async ({ page }) => {
  for (const locale of someOf(locales))
    for (const path of ['login', 'forgot-password', 'reset-password', 'verify-email']) {
      await page.goto(`/${locale}/${path}`)
      const link = page.getByRole('link', { name: say(locale, 'help.title') })
      await expect(link).toHaveCount(1)
      await expect(link).toHaveAttribute('href', `/${locale}/help`)
    }
})

test('the guide weighs no more than a page without forms: 10 kB of HTML, and no script of its own', async ({
  service,
}) => {
  for (const locale of locales) {
    const html = await (await fetch(`${service.url}/${locale}/help`)).text()
    const other = await (await fetch(`${service.url}/${locale}/signup/sent`)).text()
    expect(gzipSync(html).length, locale).toBeLessThanOrEqual(10_240)
    expect(scriptsOf(other)).toEqual(expect.arrayContaining(scriptsOf(html)))
  }
})

function openPanels(page: Page): Promise<boolean[]> {
  return page.locator('main details').evaluateAll((panels) => panels.map((panel) => panel.hasAttribute('open')))
}

function scriptsOf(html: string): string[] {
  return [...new Set(html.match(/\/_next\/static\/[^"\\]+\.js/g))]
}
