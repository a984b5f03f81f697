import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import { calloutsOf, type HelpPicture, type HelpStep, helpSteps } from '@/app/[locale]/help/steps'
import { type Locale, locales } from '@/lib/i18n/locales'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { fillIdentity, join, submit } from '@/tests/support/browser/walks'
import { digestOf, schemes, takePicture } from '@/tests/support/checks/page-pictures'
import { linkIn, sweptMailTo } from '@/tests/support/mail/swept-mail'
import { modelPeople } from '@/tests/support/model-people'
import { newPerson } from '@/tests/support/person'
import { someOf } from '@/tests/support/sample'
import { say } from '@/tests/support/words'

test.use({ viewport: { width: 390, height: 844 } })

for (const locale of someOf(locales))
  test(`the pictures of the guide in ${locale} show the pages as they are`, async ({ page, service }, { config }) => {
    test.slow()
    const remake = config.updateSnapshots === 'all'
    const folder = `public/help/${locale}`
    const record = `app/[locale]/help/pictures/${locale}.json`
    const digests: Partial<Record<HelpStep, string>> = {}
    const pictures: Partial<Record<HelpStep, HelpPicture>> = {}
    await walkGuide(page, service, locale, async (step, target) => {
      const digest = await digestOf(page)
      digests[step] = digest
      if (!remake) return
      mkdirSync(folder, { recursive: true })
      const erase = await drawLetters(page, calloutsOf[step], target)
      for (const scheme of schemes) {
        const { bytes, ...size } = await takePicture(page, scheme)
        writeFileSync(`${folder}/${step}-${scheme}.webp`, bytes)
        pictures[step] = { ...size, digest }
      }
      await erase()
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
  look: (step: HelpStep, target: Locator) => Promise<void>,
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
  const forgotten = page.locator(`main a[href="/${locale}/forgot-password"]`)
  await forgotten.focus()
  await look('login', forgotten)

  await page.goto(`/${locale}/forgot-password`)
  await fillIdentity(page, model)
  await button.focus()
  await look('forgot', button)

  await sendTo(`/${locale}/forgot-password/sent`)
  // Without the reference of the mail, which is another each time, and with the address of the person made up.
  await page.context().clearCookies({ name: /^(mail|asked)$/ })
  const value = encodeURIComponent(`forgot-password ${model.email}`)
  await page.context().addCookies([{ name: 'sent-to', value, url: service.url }])
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await look('forgotSent', page.getByRole('link', { name: say(locale, 'forgotSent.again'), exact: true }))

  await page.goto(linkIn(await sweptMailTo(service, person.email, 2), 'reset-password'))
  await fillIdentity(page, model)
  await page.locator('[name=newPassword]').fill(model.password)
  await expect(page.locator('main [data-met]')).toHaveCount(5)
  await button.focus()
  await look('reset', button)

  await sendTo(`/${locale}/reset-password/done`)
  const logIn = page.locator(`main a[href="/${locale}/login"]`)
  await logIn.focus()
  await look('resetDone', logIn)
}

/** Puts a letter at each field and at what there is to press, from A on. Returns what takes them away. */
async function drawLetters(page: Page, fields: readonly string[], target: Locator): Promise<() => Promise<void>> {
  const marked = [...fields.map((name) => page.locator(`[name=${name}]`)), target]
  for (const [index, place] of marked.entries())
    await place.evaluate(
      (element, letter) => {
        const { left, right, top, height } = element.getBoundingClientRect()
        const isRightToLeft = document.documentElement.dir === 'rtl'
        // On the edge of what has room within it, and behind what is text alone.
        const isText = Number.parseFloat(getComputedStyle(element).paddingInlineStart) < 14
        const [atStart, atEnd] = isRightToLeft ? [right - 14, left - 32] : [left - 14, right + 4]
        const badge = document.createElement('b')
        badge.textContent = letter
        badge.dataset.letter = letter
        badge.style.cssText =
          'position:absolute;width:28px;height:28px;border-radius:50%;background:#a01018;color:#fff;font:700 17px/28px sans-serif;text-align:center'
        badge.style.left = `${(isText ? atEnd : atStart) + scrollX}px`
        badge.style.top = `${top + height / 2 - 14 + scrollY}px`
        document.body.append(badge)
      },
      String.fromCharCode(65 + index),
    )
  return () =>
    page.locator('[data-letter]').evaluateAll((badges) => {
      for (const badge of badges) badge.remove()
    })
}
