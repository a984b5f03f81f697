import { expect } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { fillIdentity, fillLogIn, joinAndLogIn, logIn, redeemReset, submit } from '@/tests/support/browser/walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword } from '@/tests/support/person'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name, scripts }) => {
  test(`details are corrected by whoever knows the password, and whoever did not do it brings them back, ${name}`, async ({
    page,
    service,
  }) => {
    const person = await joinAndLogIn(page, service)
    await page.getByRole('link', { name: say('fr', 'changeDetails.title') }).click()
    await expect(page).toHaveURL('/fr/account/details')
    for (const field of ['firstName', 'lastName', 'country', 'organizationType'] as const)
      await expect(page.locator(`[name=${field}]`)).toHaveValue(person[field])
    const password = page.locator('[name=currentPassword]')
    await password.fill(person.password)
    await submit(page)
    await expect(page.locator('main').getByRole('alert')).toContainText(say('fr', 'formCodes.unchanged'))

    await page.locator('[name=lastName]').fill('Von der Aue')
    await page.locator('[name=country]').selectOption('CH')
    await password.fill('Wr0ng one, surely')
    await submit(page)
    await expect(page.locator('#currentPassword-errors')).toHaveText(say('fr', 'fields.currentPassword.wrong'))
    await expect(page.locator('[name=lastName]')).toHaveValue('Von der Aue')
    await expect(page.locator('[name=country]')).toHaveValue('CH')
    await password.fill(person.password)
    await submit(page)
    await expect(page).toHaveURL('/fr/account/details/done')
    if (scripts) await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    await page.getByRole('main').getByRole('link').click()
    await expect(page.locator('#profile')).toContainText('Von der Aue')

    const notice = await sweptMailTo(service, person.email, 2)
    expect(notice.subject).toBe('Vos informations Metamots ont été modifiées')
    await page.goto(linkIn(notice, 'not-me'))
    await submit(page)
    await expect(page).toHaveURL('/fr/not-me/done')
    await fillLogIn(page, 'fr', person)
    await expect(page.locator('main').getByRole('alert')).toBeVisible()
    await page.goto(linkIn(await sweptMailTo(service, person.email, 3), 'reset-password'))
    await redeemReset(page, person, newPassword)
    await expect(page).toHaveURL('/fr/reset-password/done')
    await logIn(page, 'fr', person, newPassword)
    await expect(page.locator('#profile')).toContainText(person.lastName)
  })

  test(`somebody rehearses the way back, and is told right or not, never which, ${name}`, async ({ page, service }) => {
    const person = await joinAndLogIn(page, service)
    await page.getByRole('link', { name: say('fr', 'rehearsal.title') }).click()
    await expect(page).toHaveURL('/fr/account/rehearsal')
    for (const field of ['email', 'firstName', 'lastName'])
      await expect(page.locator(`[name=${field}]`)).toHaveValue('')
    await fillIdentity(page, { ...person, lastName: 'Martin' })
    await submit(page)
    await expect(page).toHaveURL('/fr/account/rehearsal/different')
    if (scripts) await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    await expect(page.locator('main')).not.toContainText('Martin')
    const correct = page.getByRole('link', { name: say('fr', 'rehearsalDifferent.correct') })
    await expect(correct).toHaveAttribute('href', '/fr/account/details')
    await page.getByRole('link', { name: say('fr', 'rehearsalDifferent.again') }).click()
    await expect(page).toHaveURL('/fr/account/rehearsal')
    await fillIdentity(page, person)
    await submit(page)
    await expect(page).toHaveURL('/fr/account/rehearsal/same')
    if (scripts) await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  })
})
