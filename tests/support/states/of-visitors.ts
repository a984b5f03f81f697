import { pagesOfApp } from '@/tests/support/apps/shown-app'
import { type Stop, submitAndWait, type Walk } from '@/tests/support/states/stops'

const outcomes = [
  'signup/sent',
  'signup/resend/sent',
  'verify-email/done',
  'forgot-password/sent',
  'reset-password/done',
  'new-email/done',
  'not-me/done',
  'not-me/blocked',
  'not-me/lifted',
  'account/close/done',
]

/** Shows the pages that anybody can open, in each of their states. */
export async function* statesOfVisitors({ page, locale }: Walk): AsyncGenerator<Stop> {
  const open = (path: string) => page.goto(`/${locale}/${path}`)
  const logIn = async (identifier: string, password: string) => {
    await open('login')
    await page.locator('[name=identifier]').fill(identifier)
    await page.locator('[name=password]').fill(password)
    await submitAndWait(page)
  }
  for (const path of ['login', 'signup', 'signup/resend', 'forgot-password']) {
    await open(path)
    yield [path, 'empty']
    await submitAndWait(page)
    yield [path, 'errors']
  }
  await logIn('nobody@example.org', 'Wr0ng one, surely')
  yield ['login', 'refused']
  for (const path of outcomes) {
    await open(path)
    yield [path, 'success']
  }
  await open(pagesOfApp.login)
  yield ['login', 'for an application']
  await open(pagesOfApp.problem)
  yield ['app-problem', 'plain']
  await open('accessibility')
  yield ['accessibility', 'plain']
  await open('help')
  yield ['help', 'one panel open']
  await page.locator('main details').evaluateAll((panels) => {
    for (const panel of panels) panel.setAttribute('open', '')
  })
  yield ['help', 'all panels open']
}
