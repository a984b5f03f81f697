import { expect, type Page } from '@playwright/test'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { askForReset, fillIdentity, hydrated, joinAndLogIn, pickLanguage, submit } from '@/tests/support/browser/walks'
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

test('a change of language, a look at another page, the way back and a reload keep what was typed, but for the password', async ({
  page,
}) => {
  const { password, ...typed } = newPerson()
  const expectKept = async () => {
    for (const [field, value] of Object.entries(typed)) await expect(page.locator(`[name=${field}]`)).toHaveValue(value)
    await expect(page.locator('[name=password]')).toHaveValue('')
  }
  await page.goto('/fr/signup')
  await fillIdentity(page, { ...typed, password })
  await page.locator('[name=password]').fill(password)
  await page.locator('#password-reveal').click()
  await pickLanguage(page, 'English')
  await expect(page).toHaveURL('/en/signup')
  await expectKept()
  expect(await kept(page)).not.toContain(password)
  await page.goBack()
  await expect(page).toHaveURL('/fr/signup')
  await expectKept()
  await page.reload()
  await expectKept()
  await page.locator('main').getByRole('link').last().click()
  await expect(page).toHaveURL('/fr/login')
  await page.goBack()
  await expectKept()
  await page.locator('[name=password]').fill(password)
  await submit(page)
  await expect(page).toHaveURL('/fr/signup/sent')
  await page.goto('/fr/signup')
  await expect(page.locator('[name=email]')).toHaveValue('')
})

for (const path of ['signup', 'forgot-password', 'login'])
  test(`what was typed into ${path} ends when it is opened anew or was left for a quarter of an hour`, async ({
    page,
  }) => {
    const field = page.locator('main form .control').first()
    const leave: Record<string, () => Promise<unknown>> = {
      'opened anew from a page without a form': async () => {
        await page.goto('/fr/help')
        await page.goto(`/fr/${path}`)
      },
      'opened anew from another form': async () => {
        await page.goto('/fr/signup/resend')
        await page.goto(`/fr/${path}`)
      },
      'opened anew from another site': async () => {
        await page.goto('about:blank')
        await page.goto(`/fr/${path}`)
      },
      'another language, long afterwards': async () => {
        await page.addInitScript(() => {
          for (const [key, value] of Object.entries(sessionStorage))
            sessionStorage.setItem(
              key,
              value.replace(/"at":(\d+)/, (_: string, at: string) => `"at":${Number(at) - 16 * 60_000}`),
            )
        })
        await pickLanguage(page, 'English')
      },
    }
    for (const [where, lead] of Object.entries(leave)) {
      await page.goto(`/fr/${path}`)
      await hydrated(page)
      await field.fill('camille@example.org')
      await lead()
      await expect(field, where).toHaveValue('')
      await expect.poll(() => kept(page), { message: where }).toBe('')
    }
  })

test('what was left in one form for a quarter of an hour ends when another is opened', async ({ page }) => {
  await page.goto('/fr/signup')
  await hydrated(page)
  await page.locator('[name=firstName]').fill('Camille')
  await page.goto('/fr/help')
  expect(await kept(page)).toContain('Camille')
  await page.evaluate(() => {
    for (const [key, value] of Object.entries(sessionStorage))
      sessionStorage.setItem(key, value.replace(/"at":\d+/, `"at":${Date.now() - 16 * 60_000}`))
  })
  await page.goto('/fr/login')
  await expect.poll(() => kept(page)).toBe('')
})

test('no password is kept, whatever an extension has made of its field', async ({ page }) => {
  const person = newPerson()
  const changes: ((field: HTMLInputElement) => void)[] = [
    (field) => field.removeAttribute('autocomplete'),
    (field) => field.setAttribute('autocomplete', 'off'),
    (field) => Object.assign(field, { type: 'text', name: 'email', id: 'email', className: 'control' }),
  ]
  for (const path of ['signup', 'login'])
    for (const [index, change] of changes.entries()) {
      await page.goto(`/fr/${path}`)
      await hydrated(page)
      await page.locator('main form .control').first().fill(person.email)
      const password = page.locator('main form [name=password]')
      await password.fill(person.password)
      await password.evaluate(change)
      await pickLanguage(page, 'English')
      await expect(page).toHaveURL(`/en/${path}`)
      await expect(page.locator('main form .control').first()).toHaveValue(person.email)
      expect(await kept(page), `${path}, change ${index}`).not.toContain(person.password)
      await pickLanguage(page, 'Français')
      await expect(page).toHaveURL(`/fr/${path}`)
      expect(await kept(page)).not.toContain(person.password)
    }
})

test('of details that stand in a form what was changed is kept for a quarter of an hour, and of a rehearsal nothing', async ({
  page,
  service,
}) => {
  const person = await joinAndLogIn(page, service)
  const name = page.locator('[name=lastName]')
  await page.goto('/fr/account/details')
  await pickLanguage(page, 'English')
  await expect(page).toHaveURL('/en/account/details')
  expect(await kept(page)).not.toContain(person.firstName)
  await name.fill('Von der Aue')
  await pickLanguage(page, 'Français')
  await expect(page).toHaveURL('/fr/account/details')
  await expect(name).toHaveValue('Von der Aue')
  await page.goto('/fr/account')
  await page.clock.setFixedTime(Date.now() + 16 * 60_000)
  await page.goto('/fr/account/details')
  await expect(name).toHaveValue(person.lastName)
  await page.goto('/fr/account/rehearsal')
  await fillIdentity(page, person)
  await page.goto('/fr/account')
  expect(await kept(page)).not.toContain(person.email)
})

test('a slip in the domain of an address is asked about and not refused', async ({ page }) => {
  await page.goto('/fr/forgot-password')
  const news = page.locator('#email-news')
  await page.locator('[name=email]').fill('camille@gmial.com')
  await page.locator('[name=firstName]').fill('Camille')
  await expect(news).toContainText('vouliez-vous écrire gmail.com')
  await expect(page.locator('[name=email]')).toHaveAccessibleDescription(/vouliez-vous écrire gmail.com/)
  await page.locator('[name=lastName]').fill('Durand')
  await page.locator('[name=country]').selectOption('FR')
  await page.locator('[name=organizationType]').selectOption('company')
  await submit(page)
  await expect(page).toHaveURL('/fr/forgot-password/sent')
})

/** All that the tab keeps. */
function kept(page: Page): Promise<string> {
  return page.evaluate(() => Object.entries(sessionStorage).flat().join())
}

async function requests(databaseUrl: string): Promise<number> {
  const [row] = await query(databaseUrl, `SELECT count(*)::int AS requests FROM "Mail" WHERE "kind" = 'password_reset'`)
  return Number(row?.requests)
}
