import { expect, type Locator } from '@playwright/test'
import { mailTo, test } from '@/tests/e2e/fixtures'
import { join } from '@/tests/e2e/walks'
import { newPerson } from '@/tests/support/person'

test('a password is asked for with the keyboard alone', async ({ page, service }) => {
  const person = newPerson()
  await join(page, service, 'fr', person)
  await page.goto('/fr/login')

  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeInViewport()
  await tabTo(page.getByRole('link', { name: 'Réinitialiser votre mot de passe' }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/fr/forgot-password')

  await tabTo(page.getByLabel('Email*', { exact: true }))
  await page.keyboard.type(person.email)
  await tabTo(page.getByLabel('Prénom*', { exact: true }))
  await page.keyboard.type(person.firstName)
  await tabTo(page.getByLabel('Nom*', { exact: true }))
  await page.keyboard.type(person.lastName)
  await tabTo(page.getByLabel('Pays*', { exact: true }))
  await page.keyboard.type('Belgi')
  await tabTo(page.getByLabel('Qualité*', { exact: true }))
  await page.keyboard.type('Associa')
  await tabTo(page.getByRole('button', { name: 'Demande de mot de passe' }))
  await page.keyboard.press('Space')
  await expect(page).toHaveURL('/fr/forgot-password/sent')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  expect((await mailTo(service.resend, person.email, 2)).text).toContain('/reset-password/')
})

/** Presses Tab until the target has the focus, and sees that every stop on the way shows where it is. */
async function tabTo(target: Locator): Promise<void> {
  const page = target.page()
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    await expect(focused).toBeInViewport()
    await expect(focused).not.toHaveCSS('outline-style', 'none')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error('thirty times Tab did not lead there')
}
