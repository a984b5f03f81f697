import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { askForReset, pickLanguage, submit } from '@/tests/support/browser/walks'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

withAndWithoutScripts('fr', ({ name }) => {
  test(`Enter submits from any field, ${name}`, async ({ page }) => {
    for (const field of ['identifier', 'password']) {
      await page.goto('/fr/login')
      await page.locator(`[name=${field}]`).press('Enter')
      await expect(page.locator('main').getByRole('alert')).toBeVisible()
    }
  })

  test(`after a request, back, forward and reload send nothing again, ${name}`, async ({ page, service }) => {
    const before = await requests(service.databaseUrl)
    await askForReset(page, 'fr', newPerson())
    await page.goBack()
    await expect(page).toHaveURL('/fr/forgot-password')
    await expect(page.locator('[name=email]')).toBeVisible()
    await page.goForward()
    await expect(page).toHaveURL('/fr/forgot-password/sent')
    await page.reload()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Demande prise en compte')
    expect(await requests(service.databaseUrl)).toBe(before + 1)
  })

  test(`the language links lead to the same page in the other language, ${name}`, async ({ page }) => {
    for (const path of [
      'login',
      'signup',
      'signup/sent',
      'forgot-password',
      'forgot-password/sent',
      'reset-password',
    ]) {
      await page.goto(`/fr/${path}`)
      await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
      await pickLanguage(page, 'English')
      await expect(page).toHaveURL(`/en/${path}`)
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
      await pickLanguage(page, 'Français')
      await expect(page).toHaveURL(`/fr/${path}`)
    }
  })
})

test('a slip in the domain of an address is asked about and not refused', async ({ page }) => {
  await page.goto('/fr/forgot-password')
  const news = page.locator('main form').getByRole('status')
  await page.locator('[name=email]').fill('camille@gmial.com')
  await page.locator('[name=firstName]').fill('Camille')
  await expect(news).toContainText('vouliez-vous écrire gmail.com')
  await page.locator('[name=lastName]').fill('Durand')
  await submit(page)
  await expect(page).toHaveURL('/fr/forgot-password/sent')
})

async function requests(databaseUrl: string): Promise<number> {
  const [row] = await query(databaseUrl, `SELECT count(*)::int AS requests FROM "Mail" WHERE "kind" = 'password_reset'`)
  return Number(row?.requests)
}
