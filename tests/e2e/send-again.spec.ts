import { expect } from '@playwright/test'
import { canonicalEmail } from '@/lib/accounts/canonical'
import { seal } from '@/lib/secrets'
import type { Service } from '@/tests/support/app/service'
import { withAndWithoutScripts } from '@/tests/support/browser/modes'
import { test } from '@/tests/support/browser/test'
import { askForReset, redeemReset, signUp, submit } from '@/tests/support/browser/walks'
import { type Seen, seen } from '@/tests/support/checks/seen'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { joinRaw, signUpRaw } from '@/tests/support/http/raw-walks'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { say } from '@/tests/support/words'

withAndWithoutScripts('fr', ({ name }) => {
  test(`a mail is sent once more by a press, not within a minute and not for ever, ${name}`, async ({
    page,
    service,
  }) => {
    const person = await joinRaw(service)
    await askForReset(page, 'fr', person)
    const first = await sweptMailTo(service, person.email, 2)
    const again = page.getByRole('button', { name: say('fr', 'site.sendAgain') })
    await again.click()
    await expect(page.locator('main').getByRole('alert')).toContainText('trop d’essais')

    await setAsked(page.context(), service, 'forgot-password', person, 61)
    await query(service.databaseUrl, `DELETE FROM "RateLimit" WHERE "key" LIKE 'reset_mail%'`)
    await page.goto('/fr/forgot-password/sent')
    await again.click()
    await expect(page).toHaveURL('/fr/forgot-password/sent?sent=again')
    await expect(page.locator('main')).toContainText(say('fr', 'site.sentAgain'))
    const second = await sweptMailTo(service, person.email, 3)
    expect(linkIn(second, 'reset-password')).toBe(linkIn(first, 'reset-password'))

    await setAsked(page.context(), service, 'forgot-password', person, 601)
    await page.goto('/fr/forgot-password/sent')
    await expect(again).toHaveCount(0)
  })

  test(`after a sign-up the confirmation is sent once more, ${name}`, async ({ page, service }) => {
    const person = newPerson()
    await signUp(page, 'fr', person)
    await sweptMailTo(service, person.email)
    await setAsked(page.context(), service, 'signup/resend', person, 61)
    await query(service.databaseUrl, `DELETE FROM "RateLimit" WHERE "key" LIKE 'verification_mail%'`)
    await page.goto('/fr/signup/sent')
    await page.getByRole('button', { name: say('fr', 'site.sendAgain') }).click()
    await expect(page).toHaveURL('/fr/signup/resend/sent?sent=again')
    await sweptMailTo(service, person.email, 2)
  })

  test(`after a reset the sign-in page holds the address, until somebody is in, ${name}`, async ({ page, service }) => {
    const person = await joinRaw(service)
    await askForReset(page, 'fr', person)
    await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
    await redeemReset(page, person, newPassword)
    await expect(page).toHaveURL('/fr/reset-password/done')
    await page.getByRole('main').getByRole('link').click()
    await expect(page.locator('[name=identifier]')).toHaveValue(person.email)
    await page.locator('[name=password]').fill(newPassword)
    await submit(page)
    await expect(page).toHaveURL('/fr/account')
    const left = (await page.context().cookies()).map((cookie) => cookie.name)
    expect(left.filter((cookie) => ['sent-to', 'asked'].includes(cookie))).toEqual([])
  })
})

test('a press is answered the same whoever has the address', async ({ service }) => {
  const people = { member: await joinRaw(service), pending: await signUpRaw(service), nobody: newPerson() }
  for (const page of ['forgot-password', 'signup/resend'] as const) {
    const answers: Record<string, Seen> = {}
    for (const [who, person] of Object.entries(people)) {
      const cookie = `asked=${sealed(service, page, person, 61)}`
      const form = await readForm(service.url, `/fr/${page}/sent`, { cookie })
      answers[who] = await seen(await submitRaw(service, form, {}, { headers: { cookie } }), person.email)
    }
    expect(answers.nobody?.headers).toContainEqual(['location', `/fr/${page}/sent?sent=again`])
    expect(answers.member).toEqual(answers.nobody)
    expect(answers.pending).toEqual(answers.nobody)
  }
})

test('where mails are read is one press away, for domains that everybody knows', async ({ page }) => {
  await signUp(page, 'fr', newPerson({ email: `${crypto.randomUUID()}@gmail.com` }))
  await expect(page.getByRole('link', { name: say('fr', 'site.openWebmail', { name: 'Gmail' }) })).toHaveAttribute(
    'href',
    'https://mail.google.com/',
  )
  await signUp(page, 'fr', newPerson())
  await expect(page.locator('main a[href^="https:"]')).toHaveCount(0)
})

test('a likely slip in a domain is mended by a press', async ({ page }) => {
  await page.goto('/fr/forgot-password')
  await page.locator('[name=email]').fill('robin@gmial.com')
  await page.locator('[name=firstName]').focus()
  await page.getByRole('button', { name: 'gmail.com' }).click()
  await expect(page.locator('[name=email]')).toHaveValue('robin@gmail.com')
  await expect(page.locator('[name=email]')).toBeFocused()
  await expect(page.getByRole('button', { name: 'gmail.com' })).toHaveCount(0)
})

type AskingPage = 'forgot-password' | 'signup/resend'
type Context = { addCookies: (cookies: { name: string; value: string; url: string }[]) => Promise<void> }

function setAsked(context: Context, service: Service, page: AskingPage, person: Person, age: number): Promise<void> {
  return context.addCookies([{ name: 'asked', value: sealed(service, page, person, age), url: service.url }])
}

/** What the service would have left in a browser so many seconds ago. */
function sealed({ settings }: Service, page: AskingPage, { password: _, ...identity }: Person, age: number): string {
  const email = canonicalEmail(identity.email)
  const input = page === 'forgot-password' ? { ...identity, email } : { email }
  return seal('asked', JSON.stringify({ page, at: Date.now() - age * 1_000, input }), settings.APP_SECRET)
}
