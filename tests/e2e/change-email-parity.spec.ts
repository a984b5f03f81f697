import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { drawn, type Seen, seen } from '@/tests/support/checks/seen'
import { statementsOf, withMailHeld } from '@/tests/support/checks/statements'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { joinRaw, logInRaw, signUpRaw } from '@/tests/support/http/raw-walks'
import { allMailTried, mailsTo } from '@/tests/support/mail/swept-mail'
import { newPerson, type Person } from '@/tests/support/person'

/** What of the account page is that of a session. */
const idOrTime = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d\d:\d\d\b/g

for (const scripted of [false, true]) {
  const how = scripted ? 'with' : 'without'

  test(`a change of address is answered the same whoever has the new one, ${how} JavaScript`, async ({ service }) => {
    const member = await joinRaw(service)
    const { ask, cookie } = await asking(service, member, scripted)
    const addresses = await holders(service, member)
    const answers: Record<string, Seen[]> = {}
    for (const [what, email] of Object.entries(addresses)) {
      const next = () => fetch(`${service.url}/fr/account/change-email/sent`, { headers: { cookie } })
      answers[what] = [await seen(await ask(email)), drawn(await seen(await next()))]
    }
    const path = '/fr/account/change-email/sent'
    const redirect = scripted ? ['x-action-redirect', `${path};push`] : ['location', path]
    expect(answers.free?.[0]?.headers).toContainEqual(redirect)
    expect(answers.free?.[1]?.status).toBe(200)
    for (const [what, answer] of Object.entries(answers)) expect.soft(answer, what).toEqual(answers.free)
    await allMailTried(service)
    const mails = Object.values(addresses).map((email) => mailsTo(service.resend, email).at(-1)?.subject)
    const confirm = 'Confirmez votre nouvelle adresse email pour Metamots'
    expect(mails, 'so that each case was what it is called').toEqual([
      confirm,
      'Vous avez déjà un compte Metamots',
      confirm,
      confirm,
    ])
  })

  test(`and asks the database the same, ${how} JavaScript`, async ({ service }) => {
    const member = await joinRaw(service)
    const { ask } = await asking(service, member, scripted)
    const addresses = await holders(service, member)
    const asked = await withMailHeld(service, async () => {
      const statements: string[][] = []
      for (const email of Object.values(addresses)) statements.push(await statementsOf(service, () => ask(email)))
      return statements
    })
    const [free = [], ...others] = asked
    expect(free.filter((text) => text.startsWith('INSERT INTO "Mail"'))).toHaveLength(1)
    expect(free.join()).not.toMatch(/"emailKey" *(=|IN\b)/)
    for (const statements of others) expect.soft(statements).toEqual(free)
  })
}

test('the account page says the same afterwards whoever has the new address', async ({ service }) => {
  const kinds = ['free', 'taken', 'pending'] as const
  const pages: Record<string, Seen> = {}
  for (const kind of kinds) {
    const member = await joinRaw(service)
    const { ask, cookie } = await asking(service, member, false)
    const { [kind]: email } = await holders(service, member)
    expect((await ask(email)).status).toBe(303)
    await allMailTried(service)
    expect(mailsTo(service.resend, email), 'so that each is decided').not.toEqual([])
    const page = drawn(await seen(await fetch(`${service.url}/fr/account`, { headers: { cookie } }), member.email))
    pages[kind] = { ...page, body: page.body.replace(idOrTime, 'ID OR TIME') }
  }
  expect(pages.free?.status).toBe(200)
  expect(pages.free?.body).toContain('ID OR TIME')
  for (const kind of kinds) expect.soft(pages[kind], kind).toEqual(pages.free)
})

/** A new address of each kind that there is. */
async function holders(service: Service, member: Person) {
  const [taken, pending] = [await joinRaw(service), await signUpRaw(service)]
  return { free: newPerson().email, taken: taken.email, pending: pending.email, own: member.email }
}

async function asking(service: Service, person: Person, scripted: boolean) {
  const cookie = await logInRaw(service, person)
  const form = await readForm(service.url, '/fr/account/change-email', { cookie })
  const ask = (newEmail: string) =>
    submitRaw(service, form, { newEmail, currentPassword: person.password }, { scripted, headers: { cookie } })
  return { ask, cookie }
}
