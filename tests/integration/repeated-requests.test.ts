import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db/client'
import { leaseDueMail } from '@/lib/mail/outbox'
import { withoutRepeated } from '@/lib/mail/repeated'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { askForLinkAs, askToJoinAs } from '@/tests/support/accounts/people'
import { joinThrough } from '@/tests/support/accounts/sent-mail'
import { newPerson, type Person } from '@/tests/support/person'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
useService('postgres')

beforeEach(async () => {
  await (await db()).mail.deleteMany()
})

test('of thirty requests of one claim at once most are ended by one statement, whoever they are about', async () => {
  const [person, pending] = [await joinThrough(resend), newPerson()]
  await askToJoinAs(pending)
  await deliverDueMail()
  await (await db()).mail.deleteMany()
  for (const each of [person, pending, newPerson()]) {
    await Promise.all(Array.from({ length: 30 }, () => askForLinkAs(each)))
    await deliverDueMail()
    // Those that found room for a mail, and those that did not, are decided apart.
    expect(await turns()).toBeLessThanOrEqual(4)
    expect(await countMails({ template: 'reset_password' })).toBe(each === person ? 1 : 0)
    expect(await countMails({ state: 'waiting' })).toBe(0)
    await (await db()).mail.deleteMany()
  }
})

test('a request is not answered along with one of another claim', async () => {
  const person = await joinThrough(resend)
  await Promise.all([person, person, person].map((each) => askForLinkAs(each, { country: 'FR' })))
  await Promise.all([person, person, person].map((each) => askForLinkAs(each)))
  await deliverDueMail()
  expect(await countMails({ template: 'reset_password' })).toBe(1)
  expect(await countMails({ template: 'request_mismatch' })).toBe(1)
})

test('whoever asks again after a link has come gets another one, though somebody’s earlier request was still undecided', async () => {
  await askAround()
  await deliverDueMail()
  // A minute later, as any second link.
  expect(await countMails({ state: 'waiting' })).toBe(1)
})

test('nor is that request lost where the worker that put both together dies, or has no time left', async () => {
  await askAround()
  expect(await withoutRepeated(await leaseDueMail())).toHaveLength(1)
  await (await db()).mail.updateMany({ where: { state: 'waiting' }, data: { leasedUntil: new Date(0) } })
  await deliverDueMail()
  expect(await countMails({ state: 'waiting' })).toBe(1)

  await (await db()).mail.deleteMany()
  await askAround()
  await deliverDueMail(0, 0)
  await deliverDueMail()
  expect(await countMails({ state: 'waiting' })).toBe(1)
})

test('what is left of repeated requests is as it was asked last, and those in other languages are left alone', async () => {
  const person = newPerson()
  await askForLinkAs(person)
  await askForLinkAs(person)
  await askForLinkAs(person)
  const client = await db()
  const [, second, third] = await client.mail.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  await client.mail.update({ where: { id: second?.id ?? '' }, data: { locale: 'de' } })
  const device = { browser: 'Firefox', system: 'Linux' }
  const data = { ...(third?.data as object), device }
  await client.mail.update({ where: { id: third?.id ?? '' }, data: { data } })
  const left = await withoutRepeated(await leaseDueMail())
  expect(left).toMatchObject([{ locale: 'fr', createdAt: third?.createdAt, data: { device } }, { locale: 'de' }])
  expect(await client.mail.findMany({ where: { locale: 'fr', state: 'waiting' } })).toMatchObject([
    { createdAt: third?.createdAt, data },
  ])
})

test('of six workers at once each decides what no other does, and nothing is decided twice', async () => {
  const people = [await joinThrough(resend), await joinThrough(resend), await joinThrough(resend)]
  await Promise.all(people.flatMap((person) => Array.from({ length: 20 }, () => askForLinkAs(person))))
  await Promise.all(Array.from({ length: 6 }, () => deliverDueMail()))
  await deliverDueMail()
  for (const { email } of people)
    expect(await countMails({ template: 'reset_password', accountId: await accountId({ email }) })).toBe(1)
})

/** Asks, is answered by a link, and asks again, all beside a request of the very same from before that no worker could take up. */
async function askAround(): Promise<void> {
  const person = await joinThrough(resend)
  await (await db()).mail.deleteMany()
  await askForLinkAs(person)
  const [early] = await (await db()).mail.findMany({ where: { state: 'waiting' } })
  await hold(early?.id ?? '')
  await askForLinkAs(person)
  await deliverDueMail()
  expect(await countMails({ template: 'reset_password', state: 'sent' })).toBe(1)
  await askForLinkAs(person)
  await (await db()).mail.updateMany({ where: { state: 'waiting' }, data: { leasedUntil: null } })
}

function hold(id: string): Promise<unknown> {
  return db().then((client) =>
    client.mail.update({ where: { id }, data: { leasedUntil: new Date(Date.now() + 60_000) } }),
  )
}

/** At how many different moments mails were ended: what one statement ends, it ends at one. */
async function turns(): Promise<number> {
  const ended = await (await db()).mail.groupBy({ by: ['finishedAt'], where: { finishedAt: { not: null } } })
  return ended.length
}

async function countMails(where: object): Promise<number> {
  return (await db()).mail.count({ where })
}

async function accountId({ email }: Pick<Person, 'email'>): Promise<string> {
  return (await (await db()).account.findFirstOrThrow({ where: { email } })).id
}
