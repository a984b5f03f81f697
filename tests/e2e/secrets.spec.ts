import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { askForReset, fillLogIn, join, logIn, redeemReset, submit } from '@/tests/support/browser/walks'
import { findLeaks } from '@/tests/support/checks/leaks'
import { secrets, shown } from '@/tests/support/checks/witness'
import { allMailTried, linkIn, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

for (const javaScriptEnabled of [true, false]) {
  test.describe(() => {
    test.use({ javaScriptEnabled })

    test(`a journey with every mishap leaves no secret in any table, log or page, and one line per event, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
      page,
      service,
    }) => {
      // The longest journey there is, and a search through all that the worker's tests left.
      test.slow()
      const { resend, databaseUrl, app } = service
      const before = app.log().length
      const person = newPerson({ firstName: 'Aurélienne', lastName: 'De la Tour' })
      await join(page, service, 'fr', person)
      await fillLogIn(page, 'fr', person, newPassword)
      await expect(page.locator('main').getByRole('alert')).toBeVisible()
      await logIn(page, 'fr', person)
      await askForReset(page, 'fr', { ...person, lastName: 'De la Cour' })
      await askForReset(page, 'fr', person)
      const { text } = await mailTo(resend, person.email, 3)
      const link = text.includes('reset-password/') ? linkIn({ text }, 'reset-password') : ''
      await page.goto(link || linkIn(await mailTo(resend, person.email, 2), 'reset-password'))
      await redeemReset(page, { ...person, firstName: 'Aurélie' }, newPassword)
      await expect(page.locator('main').getByRole('alert')).toBeVisible()
      await redeemReset(page, person, 'weakling')
      // The alert of before stands until the answer comes, and what is sent meanwhile waits for none.
      await expect(page.locator('[name=newPassword]')).toHaveAttribute('aria-invalid', 'true')
      await redeemReset(page, person, newPassword)
      await expect(page).toHaveURL('/fr/reset-password/done')
      await logIn(page, 'fr', person, newPassword)
      await page.goto('/fr/account/change-password')
      await page.locator('[name=currentPassword]').fill(newPassword)
      await page.locator('[name=newPassword]').fill(person.password)
      await submit(page)
      await expect(page).toHaveURL('/fr/account/change-password/done')
      await allMailTried(service)

      expect(await findLeaks(service)).toEqual([])
      const kinds = [...secrets.values()]
      for (const kind of ['password', 'token', 'address', 'name']) expect(kinds).toContain(kind)
      for (const secret of [person.password, newPassword, person.email]) expect([...secrets.keys()]).toContain(secret)
      expect(shown.map(({ path }) => path)).toContain('/fr/reset-password')

      const [account] = await query(databaseUrl, `SELECT "id" FROM "Account" WHERE "email" = '${person.email}'`)
      const events = app
        .log()
        .slice(before)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      for (const event of events)
        expect(event).toMatchObject({ at: expect.stringMatching(/Z$/), event: expect.any(String) })
      const own = events
        .filter((event) => event.account === account?.id)
        .map((event) => [event.event, event.via].join(' '))
      expect(own.sort()).toEqual(
        [
          'user_created ',
          'authn_login_fail ',
          'authn_login_success ',
          'authn_token_created password_reset',
          'authn_password_change_fail identity_mismatch',
          'authn_password_change password_reset',
          'authn_login_success ',
          'authn_password_change change_password',
          'authn_token_created not_me',
          'authn_token_created not_me',
        ].sort(),
      )
    })
  })
}

test('the search for leaks finds what is planted in a table, a log or a page', async ({ service }) => {
  const planted = newPerson()
  const sought = [
    [planted.password, 'password'],
    [planted.email, 'address'],
  ] as const
  const search = () =>
    findLeaks(
      service,
      sought.map(([secret, kind]) => [secret, kind]),
    )
  expect(await search()).toEqual([])
  const { databaseUrl } = service
  // Only what fails is logged of the tests' own statements.
  await expect(query(databaseUrl, `SELECT '${planted.password}'::int`)).rejects.toThrow()
  await query(databaseUrl, `INSERT INTO "Event" ("name", "via") VALUES ('planted', '<${planted.email}>')`)
  shown.push({ method: 'GET', path: '/fr/login', body: `<p>${planted.password.replace('&', '&amp;')}</p>` })
  const found = await search()
  await query(databaseUrl, `DELETE FROM "Event" WHERE "name" = 'planted'`)
  shown.pop()
  expect(found).toEqual([
    `password ${planted.password} in the log of Postgres`,
    `password ${planted.password} in the answer to GET /fr/login`,
    `address ${planted.email} in Event.via`,
  ])
})
