import { expect, type Page } from '@playwright/test'
import { passwordPolicy } from '@/lib/policy'
import { passwordForms } from '@/tests/support/browser/password-forms'
import { test } from '@/tests/support/browser/test'
import { submit } from '@/tests/support/browser/walks'
import { contrast } from '@/tests/support/checks/contrast'

const { minLength, maxLength } = passwordPolicy

test('Chromium has nothing to say against any form with a password, aloud or in a low voice', async ({
  page,
  service,
}) => {
  const remarks = await remarksOf(page)
  for await (const { path } of passwordForms(page, service)) {
    await submit(page)
    await page.locator('main form [role=alert]').waitFor()
    expect.soft(await remarks(), path).toEqual([])
  }
  await page.setContent('<form><input type="password"><label for="x">?</label></form>')
  expect(await remarks(), 'a bad form, to know that it would speak').not.toEqual([])
})

test('every form with a password names one account, and holds a new password to the policy', async ({
  page,
  service,
}) => {
  for await (const { path, person } of passwordForms(page, service)) {
    const username = page.locator('main form [autocomplete=username]')
    await expect(username, path).toHaveCount(1)
    if (path.startsWith('account/')) await expect(username).toHaveValue(person.email)
    for (const field of await page.locator('[autocomplete=new-password]').all()) {
      const rules = (await field.getAttribute('passwordrules')) ?? ''
      const asked = rules.split(';').map((rule) => rule.trim())
      const classes = ['lower', 'upper', 'digit', 'special'].map((one) => `required: ${one}`)
      expect.soft(asked, path).toEqual([`minlength: ${minLength}`, `maxlength: ${maxLength}`, ...classes, ''])
    }
  }
})

test('no form lets the browser say in its own words what is wrong', async ({ page, service }) => {
  const bubbles = () => page.evaluate(() => document.querySelectorAll('form:not([novalidate])').length)
  await page.addInitScript(() => addEventListener('invalid', () => document.documentElement.append('invalid'), true))
  for await (const { path } of passwordForms(page, service)) {
    expect.soft(await bubbles(), path).toBe(0)
    await submit(page)
    await page.locator('main form [role=alert]').waitFor()
    expect.soft(await page.locator('html').textContent(), path).not.toMatch(/invalid$/)
  }
})

test('what the browser filled in is read with a contrast of seven to one, light and dark', async ({
  page,
  service,
}) => {
  for await (const { path } of passwordForms(page, service))
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const plain = await inkAndPaper(page)
      const empty = await pretendFilled(page)
      const filled = await inkAndPaper(page)
      expect.soft(filled.length, path).toBeGreaterThan(0)
      expect.soft(filled, path).not.toEqual(plain)
      for (const { ink, paper, field } of filled) expect.soft(contrast(ink, paper), field).toBeGreaterThanOrEqual(7)
      await empty()
    }
})

/** Gathers what the developer tools show of a page: every entry of the log, down to the verbose, and every issue. */
async function remarksOf(page: Page): Promise<() => Promise<string[]>> {
  const remarks: string[] = []
  const browser = await page.context().newCDPSession(page)
  browser.on('Log.entryAdded', ({ entry }) => remarks.push(`${entry.level}: ${entry.text}`))
  browser.on('Audits.issueAdded', ({ issue }) => remarks.push(JSON.stringify(issue)))
  await browser.send('Log.enable')
  await browser.send('Audits.enable')
  return async () => {
    const { formIssues } = await browser.send('Audits.checkFormsIssues')
    return [...remarks.splice(0), ...formIssues.map((issue) => JSON.stringify(issue))]
  }
}

/** Returns what ends the pretence. */
async function pretendFilled(page: Page): Promise<() => Promise<void>> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('DOM.enable')
  await browser.send('CSS.enable')
  const { root } = await browser.send('DOM.getDocument')
  const { nodeIds } = await browser.send('DOM.querySelectorAll', {
    nodeId: root.nodeId,
    selector: 'main form [aria-required]',
  })
  for (const nodeId of nodeIds)
    await browser.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: ['autofill'] })
  return () => browser.detach()
}

/** The colours in which each field shows its text: the shadow within it is its paper, where it has one. */
function inkAndPaper(page: Page): Promise<{ field: string; ink: string; paper: string }[]> {
  return page.locator('main form [aria-required]').evaluateAll((controls) =>
    controls.map((control) => {
      const { webkitTextFillColor: ink, backgroundColor, boxShadow } = getComputedStyle(control)
      const [shadow] = boxShadow.match(/^rgb\([^)]+\)/) ?? []
      return { field: control.id, ink, paper: shadow ?? backgroundColor }
    }),
  )
}
