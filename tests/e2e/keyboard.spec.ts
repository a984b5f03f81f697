import { expect } from '@playwright/test'
import { press, tabTo, typeInto } from '@/tests/support/browser/keyboard'
import { test } from '@/tests/support/browser/test'
import { joinAndLogIn } from '@/tests/support/browser/walks'
import { joinRaw } from '@/tests/support/http/raw-walks'
import { linkIn, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { say } from '@/tests/support/words'

test('somebody signs up, confirms the address and signs in with the keyboard alone', async ({ page, service }) => {
  const person = newPerson()
  await page.goto('/fr/login')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'Aller au contenu' })).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await press(page, 'link', say('fr', 'login.signUp'))
  await expect(page).toHaveURL('/fr/signup')

  const { email, firstName, lastName, password } = person
  await typeInto(page, { email, firstName, lastName, country: 'Belgi', organizationType: 'Associa', password })
  await press(page, 'button', say('fr', 'signup.submit'))
  await expect(page).toHaveURL('/fr/signup/sent')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()

  await page.goto(linkIn(await mailTo(service.resend, email), 'verify-email'))
  await typeInto(page, { password })
  await press(page, 'button', say('fr', 'verify.submit'))
  await expect(page).toHaveURL('/fr/verify-email/done')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await press(page, 'link', say('fr', 'verifyDone.account'))
  await expect(page).toHaveURL('/fr/account')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  const logOut = page.locator('header').getByRole('button', { name: say('fr', 'account.logOut') })
  for (let back = 0; back < 10 && !(await logOut.evaluate(isFocused)); back += 1) await page.keyboard.press('Shift+Tab')
  await expect(logOut).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/fr/login?signed-out=here')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await typeInto(page, { identifier: email, password })
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/fr/account')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

for (const locale of ['fr', 'ar'] as const)
  test(`a lost password is replaced with the keyboard alone, in ${locale}`, async ({ page, service }) => {
    const person = await joinRaw(service, { country: 'FR', organizationType: 'company' })
    const { email, firstName, lastName } = person
    const country = locale === 'fr' ? 'France' : 'فرنسا'
    const organizationType = say(locale, 'organizationTypes.company')
    await page.goto(`/${locale}/login`)
    await press(page, 'link', say(locale, 'login.reset'))
    await expect(page).toHaveURL(`/${locale}/forgot-password`)
    await press(page, 'button', say(locale, 'forgot.submit'))
    await expect(page.locator('main').getByRole('alert')).toBeFocused()
    await press(page, 'link', say(locale, 'fields.firstName.missing'))
    await expect(page.locator('[name=firstName]')).toBeFocused()
    await page.keyboard.type(firstName)
    await typeInto(page, { lastName, country, organizationType })
    for (const field of ['country', 'lastName', 'firstName', 'email']) {
      await page.keyboard.press('Shift+Tab')
      await expect(page.locator(`[name=${field}]`)).toBeFocused()
    }
    await page.keyboard.type(email)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`/${locale}/forgot-password/sent`)
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()

    const link = linkIn(await mailTo(service.resend, email, 2), 'reset-password')
    await page.goto(link.replace('/fr/', `/${locale}/`))
    await typeInto(page, { email, firstName, lastName, country, organizationType, newPassword })
    await press(page, 'button', say(locale, 'reset.submit'))
    await expect(page).toHaveURL(`/${locale}/reset-password/done`)
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    await press(page, 'link', say(locale, 'resetDone.logIn'))
    await expect(page).toHaveURL(`/${locale}/login`)
  })

test('a member changes the password with the keyboard alone', async ({ page, service }) => {
  const person = await joinAndLogIn(page, service)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await press(page, 'link', `${say('fr', 'account.edit')} ${say('fr', 'account.password')}`)
  await expect(page).toHaveURL('/fr/account/change-password')
  await tabTo(page.locator('[name=currentPassword]'))
  await page.keyboard.type(person.password)
  await tabTo(page.locator('#currentPassword-reveal'))
  await page.keyboard.press('Space')
  await expect(page.locator('[name=currentPassword]')).toHaveAttribute('type', 'text')
  await typeInto(page, { newPassword })
  await press(page, 'button', say('fr', 'changePassword.submit'))
  await expect(page).toHaveURL('/fr/account/change-password/done')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

function isFocused(element: Element): boolean {
  return element === document.activeElement
}
