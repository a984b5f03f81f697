import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { exportAccount } from '@/lib/accounts/export-account'
import { peekLink } from '@/lib/accounts/peek-link'
import { db } from '@/lib/db/client'
import { keepDelivery } from '@/lib/mail/delivery-reports'
import { askForEmail, confirmEmail, idOf, withPassword } from '@/tests/support/accounts/changes'
import { readExport } from '@/tests/support/accounts/exports'
import { joinAs, mailedToken, newCaller, signUpAs } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

const reports = ['email.bounced', 'email.suppressed', 'email.delivered', 'email.complained']

test('an export tells nothing of who has the address that somebody wants to move to', async () => {
  const { email: free } = newPerson()
  const { email: taken } = await joinAs()
  const { email: unconfirmed } = await signUpAs()
  const exports = []
  for (const email of [free, taken, unconfirmed]) exports.push(await exportAfterAsking(email))
  for (const others of exports) expect(others).toBe(exports[0])
  expect(exports[0]).not.toMatch(/new_email|address_change|account_exists/)
})

test('nor what became of the mail that went there', async () => {
  const exports = []
  for (const report of reports) exports.push(await exportAfterAsking(newPerson().email, () => reportOf(report)))
  exports.push(await exportAfterAsking((await joinAs()).email, () => reportOf('email.bounced')))
  for (const others of exports) expect(others).toBe(exports[0])
})

test('nor what its holder did with the link, short of confirming it', async () => {
  const { email } = newPerson()
  const pressed = await exportAfterAsking(email, async (person) => {
    const token = await mailedToken({ email }, 'new-email')
    expect(await confirmEmail(token, { password: 'Wr0ng one, surely' })).toMatchObject({ code: 'wrong_password' })
    await withPassword(person, 'An0ther one, surely')
    expect(await confirmEmail(token, person)).toMatchObject({ ok: false })
    expect(await peekLink('new-email', token)).toBe('password_changed')
  })
  const { email: taken } = await joinAs()
  const unknown = await exportAfterAsking(taken, async (person) => {
    await withPassword(person, 'An0ther one, surely')
  })
  expect(pressed).toBe(unknown)
})

/** The export of a new member who asked for a new address, less what differs between any two people. */
async function exportAfterAsking(newEmail: string, then: (person: Person) => Promise<unknown> = async () => {}) {
  const person = await joinAs({ ...newPerson(), firstName: 'Camille', lastName: 'Durand' })
  await askForEmail(person, newEmail)
  await then(person)
  const text = await readExport(await exportAccount(await idOf(person), newCaller()))
  expect(text).not.toContain(newEmail)
  return text.replaceAll(person.email, 'mine').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
}

/** As if the provider said what became of the newest mail that anybody got for a change of address. */
async function reportOf(type: string): Promise<void> {
  const mail = await (await db()).mail.findFirstOrThrow({
    where: { kind: 'address_change' },
    orderBy: { createdAt: 'desc' },
  })
  await keepDelivery(randomUUID(), { type, providerId: mail.providerId ?? '', mailId: null })
}
