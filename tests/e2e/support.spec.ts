import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { cookiesOf, submitTo } from '@/tests/support/http/forms'
import { identityOf, joinRaw } from '@/tests/support/http/raw-walks'
import { sweptMailTo } from '@/tests/support/mail/swept-mail'
import { newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

const contact = 'help@metamots.example'

test('whoever may not know how to go on is told whom to ask, with a reference of one shape for everybody', async ({
  another,
}) => {
  const service = await another({ SUPPORT_CONTACT: contact })
  const person = await joinRaw(service)
  const said = async (path: string, cookie = '') =>
    referenceIn(await (await fetch(service.url + path, { headers: { cookie } })).text())
  for (const claim of [person, newPerson()]) {
    const { mail } = (await sent(service, identityOf(claim))) as { mail: string }
    expect(await said('/fr/forgot-password/sent', `mail=${mail}`)).toBe(mail)
  }
  for (const path of ['/fr/reset-password', '/fr/verify-email', '/fr/new-email', '/fr/not-me', '/fr/nowhere'])
    expect(await said(path), path).toMatch(/^[\da-f]{8}$/)

  for (const { email } of [person, newPerson()]) {
    const id = randomUUID()
    const typed = { identifier: email, password: 'Wr0ng one, surely', locale: 'fr' }
    const refused = await submitTo(service, '/fr/login', typed, { 'x-request-id': id })
    expect(referenceIn(await refused.text())).toBe(id.slice(0, 8))
    const kept = await query(service.databaseUrl, `SELECT "name" FROM "Event" WHERE "request" = '${id}'`)
    expect(kept).toEqual([{ name: 'authn_login_fail' }])
  }

  const { html, text } = await sweptMailTo(service, person.email, 2)
  expect(text.trim().split(/\s/).at(-1)).toBe(referenceIn(html))
})

test('where nobody is named, nothing is said of it', async ({ service }) => {
  const typed = { identifier: newPerson().email, password: 'Wr0ng one, surely', locale: 'fr' }
  for (const answer of [await submitTo(service, '/fr/login', typed), await fetch(`${service.url}/fr/reset-password`)])
    expect(await answer.text()).not.toMatch(/mailto:|Besoin d’aide/)
})

async function sent(service: { url: string; origin: string }, claim: Record<string, string>) {
  const answer = await submitTo(service, '/fr/forgot-password', claim)
  return /mail=(?<mail>[\da-f]{8})/.exec(cookiesOf(answer))?.groups
}

/** The reference in the subject of a mail to the contact, which is shown as well. */
function referenceIn(html: string): string | undefined {
  expect(html).toContain(contact)
  return new RegExp(`mailto:${contact}\\?subject=Metamots%20(\\w+)"`).exec(html)?.[1]
}
