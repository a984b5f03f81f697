import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { keepDelivery } from '@/lib/mail/delivery-reports'
import { accountIn, askForEmail, idOf, sessionOf, withEmail } from '@/tests/support/accounts/changes'
import { askForResetAs, joinAs } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('whoever signs in sees that mails come back, until one arrives', async () => {
  const [person, other] = [await joinAs(), await joinAs()]
  const mail = await mailTo(person)
  await report(mail, 'bounced')
  expect(await comesBack(person)).toBe(true)
  expect(await comesBack(other)).toBe(false)
  await report(mail, 'delivered')
  expect(await comesBack(person)).toBe(true)
  await report(await mailTo(person), 'delivered')
  expect(await comesBack(person)).toBe(false)
})

test('word of an older mail that comes after a later one arrived says nothing', async () => {
  const person = await joinAs()
  const [older, later] = [await mailTo(person), await mailTo(person)]
  await report(later, 'delivered')
  await report(older, 'bounced')
  expect(await comesBack(person)).toBe(false)
})

test('with another address it is over, and what was sent to the former one says nothing any more', async () => {
  const person = await joinAs()
  const mails = [await mailTo(person), await mailTo(person)] as const
  await report(mails[0], 'suppressed')
  const moved = await withEmail(person)
  expect(await comesBack(moved)).toBe(false)
  await report(mails[1], 'bounced')
  const notice = await (await db()).mail.findFirstOrThrow({ where: { template: 'address_changed' } })
  await report(notice.id, 'bounced')
  expect(await comesBack(moved)).toBe(false)
})

test('a mail to an address that is not the account’s yet says nothing of its own', async () => {
  const person = await joinAs()
  const { email } = newPerson()
  await askForEmail(person, email)
  const { id } = await (await db()).mail.findFirstOrThrow({
    where: { template: 'new_email', accountId: await idOf(person) },
  })
  await report(id, 'bounced')
  expect(await comesBack(person)).toBe(false)
})

/** The id of a mail to somebody. */
async function mailTo(person: Person): Promise<string> {
  const client = await db()
  await client.rateLimit.deleteMany()
  await askForResetAs(person)
  const mail = await client.mail.findFirstOrThrow({
    where: { accountId: await idOf(person) },
    orderBy: { createdAt: 'desc' },
  })
  return mail.id
}

async function report(mailId: string, what: string): Promise<void> {
  const { providerId } = await (await db()).mail.findUniqueOrThrow({ where: { id: mailId } })
  await keepDelivery(randomUUID(), { type: `email.${what}`, providerId: providerId ?? randomUUID(), mailId })
}

async function comesBack(person: Person): Promise<boolean> {
  return (await accountIn(await sessionOf(person))).mailReturnedAt !== null
}
