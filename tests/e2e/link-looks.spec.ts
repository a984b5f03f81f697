import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { confirm, confirmNewEmail, redeemReset, submit } from '@/tests/support/browser/walks'
import { cookiesOf, newAddress } from '@/tests/support/http/forms'
import { mailedLinks } from '@/tests/support/mail/mailed-links'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

for (const [page, mailed] of Object.entries(mailedLinks)) {
  test(`no number of looks at a ${page} link uses it up, nor one by a browser that runs scripts`, async ({
    service,
    browser,
  }) => {
    const { person, link } = await mailed(service)
    const before = await stateOf(service)
    for (let looks = 0; looks < 20; looks += 1) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(link, {
          method,
          redirect: 'manual',
          headers: { purpose: 'prefetch', 'user-agent': 'Scanner' },
        })
        const location = answer.headers.get('location') ?? ''
        const next = await fetch(service.url + location, { method, headers: { cookie: cookiesOf(answer) } })
        expect([answer.status, location.split('?')[0], next.status]).toEqual([307, `/fr/${page}`, 200])
      }
    }
    expect((await fetch(link, { method: 'OPTIONS' })).status).toBe(405)
    const scanner = await browser.newPage()
    await scanner.goto(link, { waitUntil: 'networkidle' })
    await expect(scanner.locator('main form button[type=submit]')).toBeVisible()
    await scanner.close()
    expect(await stateOf(service)).toEqual(before)

    const reader = await browser.newPage({ extraHTTPHeaders: { 'x-test-address': newAddress() } })
    await reader.goto(link)
    if (page === 'reset-password') await redeemReset(reader, person, newPassword)
    else if (page === 'verify-email') await confirm(reader, person)
    else if (page === 'new-email') await confirmNewEmail(reader, person)
    else await submit(reader)
    await expect(reader).toHaveURL(`${service.url}/fr/${page}/done`)
    await reader.close()
  })
}

/** All that a link could change. */
async function stateOf({ databaseUrl }: Service): Promise<unknown[]> {
  const tables = ['Token', 'Credential', 'Account']
  return Promise.all(tables.map((table) => query(databaseUrl, `SELECT * FROM "${table}" ORDER BY 1`)))
}
