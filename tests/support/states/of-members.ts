import { pagesOfApp } from '@/tests/support/apps/shown-app'
import { sessionFrom, setSession } from '@/tests/support/browser/session-cookie'
import { joinRaw, logInRaw } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { type Stop, submitAndWait, type Walk } from '@/tests/support/states/stops'

const forms = ['change-password', 'change-email', 'details', 'rehearsal', 'username', 'close']
const outcomes = [
  'change-password/done',
  'change-email/sent',
  'details/done',
  'rehearsal/same',
  'rehearsal/different',
  'end-session/done',
  'username/done',
  'keep/done',
  'export/later',
]

/** Shows the pages of somebody with long names and a user name, signed in here and in another browser. */
export async function* statesOfMembers({ page, service, locale }: Walk): AsyncGenerator<Stop> {
  const open = (path: string) => page.goto(`/${locale}/${path}`)
  const set = (columns: string) =>
    query(service.databaseUrl, `UPDATE "Account" SET ${columns} WHERE "email" = '${email}'`)
  const { email } = await signIn({ page, service })
  await open('account')
  yield ['account', 'without a user name']
  await open('account/username')
  yield ['account/username', 'empty']
  const username = `a.${email.slice(0, 12)}`
  await set(`"username" = '${username}', "usernameKey" = '${username}'`)
  await set(`"firstName" = 'Maximilien-Guillaume', "lastName" = 'Montmorency-Bouteville-Luxembourg'`)
  await open('account')
  yield ['account', 'with a user name and long names']
  for (const path of forms) {
    await open(`account/${path}`)
    yield [`account/${path}`, 'plain']
    await page.locator('main form input:not([type=hidden], [hidden])').first().fill('')
    await submitAndWait(page)
    yield [`account/${path}`, 'errors']
  }
  for (const path of outcomes) {
    await open(`account/${path}`)
    yield [`account/${path}`, 'success']
  }
  await open(pagesOfApp.logOut)
  yield ['log-out', 'for an application']
  await set(`"closesAt" = now() + interval '7 days'`)
  await open('account/keep')
  yield ['account/keep', 'closing']
}

async function signIn({ page, service }: Pick<Walk, 'page' | 'service'>): Promise<Person> {
  const person = await joinRaw(service)
  await logInRaw(service, person)
  await setSession(page, sessionFrom(await logInRaw(service, person)))
  return person
}
