import { confirm, confirmNewEmail, redeemReset, submit } from '@/tests/support/browser/walks'
import { deadStates, linkPages, mailedLinks, setLink } from '@/tests/support/mail/mailed-links'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { type Stop, submitAndWait, type Walk } from '@/tests/support/states/stops'

/** Shows the pages of mailed links: alive, and dead in each way. */
export async function* statesOfLinks(walk: Walk): AsyncGenerator<Stop> {
  const { page, service, locale } = walk
  for (const path of linkPages) {
    await page.goto(`/${locale}/${path}`)
    yield [path, 'unknown']
    const { person, link } = await mailedLinks[path](service)
    const follow = () => page.goto(link.replace('/fr/', `/${locale}/`))
    await follow()
    yield [path, 'live']
    if (path === 'reset-password') {
      await submitAndWait(page)
      yield [path, 'errors']
      await follow()
      await redeemReset(page, newPerson(), newPassword)
      await page.locator('main form [role=alert]').waitFor()
      yield [path, 'refused']
    }
    if (path === 'verify-email') {
      await submitAndWait(page)
      yield [path, 'errors']
      await follow()
      await confirm(page, newPerson())
      await page.locator('main form [role=alert]').waitFor()
      yield [path, 'refused']
    }
    if (path === 'new-email') {
      await submitAndWait(page)
      yield [path, 'errors']
      await follow()
      await confirmNewEmail(page, { password: `${person.password} ` })
      await page.locator('#currentPassword-errors').waitFor()
      yield [path, 'refused']
    }
    if (path === 'not-me') yield* statesOfDispute(walk, person, follow)
    for (const state of deadStates[path]) {
      await setLink(service, link, state)
      await follow()
      yield [path, state]
    }
  }
}

/** Shows the page of a link “this was not me” whose account has another address by now, is blocked, or both. */
async function* statesOfDispute(
  { page, service: { databaseUrl } }: Walk,
  { email, password }: Person,
  follow: () => Promise<unknown>,
): AsyncGenerator<Stop> {
  const other = newPerson().email
  const set = (table: string, values: string) =>
    query(
      databaseUrl,
      `UPDATE "${table}" SET ${values} WHERE "accountId" = (SELECT "accountId" FROM "Token" WHERE "sentTo" = '${email}' LIMIT 1)`,
    )
  const setEmail = (from: string, to: string) =>
    query(databaseUrl, `UPDATE "Account" SET "email" = '${to}', "emailKey" = '${to}' WHERE "emailKey" = '${from}'`)
  await setEmail(email, other)
  await follow()
  yield ['not-me', 'moved']
  await submitAndWait(page)
  yield ['not-me', 'errors']
  await follow()
  await page.locator('[name=password]').fill(`${password} `)
  await submit(page)
  await page.locator('main form [role=alert]').waitFor()
  yield ['not-me', 'refused']
  await set('Credential', `"disputedUntil" = 'infinity'`)
  await follow()
  yield ['not-me', 'blocked for good']
  await set('Credential', `"disputedUntil" = NULL`)
  await set('Token', `"passwordHash" = NULL`)
  await follow()
  yield ['not-me', 'moved, without a password']
  await setEmail(other, email)
  await set('Credential', `"disputedUntil" = now() + interval '1 hour'`)
  await follow()
  yield ['not-me', 'blocked']
}
