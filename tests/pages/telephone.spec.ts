import { expect } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/support/browser/test'

test('on a small telephone the button of the sign-in page is seen without scrolling, in every language', async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 667 })
  for (const locale of locales) {
    await page.goto(`/${locale}/login`)
    const box = await page.locator('main form button[type=submit]').boundingBox()
    expect.soft((box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0), locale).toBeLessThanOrEqual(667)
  }
})

test('a field that comes into use lies above what the keyboard of a telephone covers', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 320 })
  await page.goto('/fr/signup')
  for (const name of ['email', 'lastName', 'password']) {
    const field = page.locator(`[name=${name}]`)
    await field.focus()
    const { bottom = 0, inner } = await field.evaluate((element) => ({
      bottom: element.getBoundingClientRect().bottom,
      inner: innerHeight,
    }))
    expect.soft(bottom, name).toBeLessThanOrEqual(inner - 24)
  }
})

test('first and last name share a row where there is room, country and type too', async ({ page }) => {
  const topOf = async (name: string) => (await page.locator(`[name=${name}]`).boundingBox())?.y
  for (const width of [640, 375]) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto('/fr/forgot-password')
    expect.soft((await topOf('firstName')) === (await topOf('lastName')), `${width}`).toBe(width === 640)
    expect.soft((await topOf('country')) === (await topOf('organizationType')), `${width}`).toBe(width === 640)
  }
})

test('all that is pressed and typed into is of one height, on every form of a visitor', async ({ page }) => {
  for (const path of ['login', 'signup', 'forgot-password', 'signup/resend']) {
    await page.goto(`/fr/${path}`)
    const heights = await page
      .locator('main form :is([aria-required]:not([type=password]), button[type=submit], div:has(> [type=password]))')
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().height)))
    expect.soft([...new Set(heights)], path).toEqual([52])
  }
})
