import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { type HelpPicture, type HelpStep, helpSteps } from '@/app/[locale]/help/steps'
import { type Locale, locales } from '@/lib/i18n/locales'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { fillIdentity, join, submit } from '@/tests/support/browser/walks'
import { digestOf, schemes, takePicture } from '@/tests/support/checks/page-pictures'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { modelPeople } from '@/tests/support/model-people'
import { newPerson } from '@/tests/support/person'

test.use({ viewport: { width: 390, height: 844 } })

for (const locale of locales)
  test(`the pictures of the guide in ${locale} show the pages as they are`, async ({ page, service }, { config }) => {
    test.slow()
    const remake = config.updateSnapshots === 'all'
    const folder = `public/help/${locale}`
    const record = `app/[locale]/help/pictures/${locale}.json`
    const digests: Partial<Record<HelpStep, string>> = {}
    const pictures: Partial<Record<HelpStep, HelpPicture>> = {}
    await walkGuide(page, service, locale, async (step) => {
      const digest = await digestOf(page)
      digests[step] = digest
      if (!remake) return
      mkdirSync(folder, { recursive: true })
      for (const scheme of schemes) {
        const { bytes, ...size } = await takePicture(page, scheme)
        writeFileSync(`${folder}/${step}-${scheme}.webp`, bytes)
        pictures[step] = { ...size, digest }
      }
    })
    if (remake) writeFileSync(record, `${JSON.stringify(pictures, null, 2)}\n`)

    const kept: Record<HelpStep, HelpPicture> = JSON.parse(readFileSync(record, 'utf8'))
    const stale = helpSteps.filter((step) => kept[step].digest !== digests[step])
    expect(stale, 'pages that changed since their pictures were made: run npm run help:pictures').toEqual([])
  })

/** Walks the steps of the guide, and looks at each with the details of a made-up person and what to press in focus. */
async function walkGuide(
  page: Page,
  service: Service,
  locale: Locale,
  look: (step: HelpStep) => Promise<void>,
): Promise<void> {
  const person = newPerson()
  const model = modelPeople[locale]
  const button = page.locator('main form button[type=submit]')
  const sendTo = async (next: string) => {
    await fillIdentity(page, person)
    await submit(page)
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    await expect(page).toHaveURL(next)
  }
  await join(page, service, locale, person)

  await page.goto(`/${locale}/login`)
  await expect(page.locator('main form button[type=button]')).toBeVisible()
  await page.locator(`main a[href="/${locale}/forgot-password"]`).focus()
  await look('login')

  await page.goto(`/${locale}/forgot-password`)
  await fillIdentity(page, model)
  await button.focus()
  await look('forgot')

  await sendTo(`/${locale}/forgot-password/sent`)
  // Without the reference of the mail, which is another each time.
  await page.context().clearCookies({ name: 'mail' })
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  // The address that was typed is another each time too.
  await page.locator('main strong bdi').evaluate((shown, email) => {
    shown.textContent = email
  }, model.email)
  await look('forgotSent')

  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  await fillIdentity(page, model)
  await page.locator('[name=newPassword]').fill(model.password)
  await expect(page.locator('main .rule-met')).toHaveCount(5)
  await button.focus()
  await look('reset')

  await sendTo(`/${locale}/reset-password/done`)
  await page.locator(`main a[href="/${locale}/login"]`).focus()
  await look('resetDone')
}
