import { expect, test } from 'vitest'
import { peekLink } from '@/lib/accounts/peek-link'
import { db } from '@/lib/db/client'
import { logInAs, redeem, resetTokenOf } from '@/tests/support/accounts/changes'
import { passTime } from '@/tests/support/accounts/outbox'
import { askForResetAs, joinAs, mailboxOf, mailedToken, mailedTokens } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('only all five fields bring a link; a known address with other details brings a mail that has none', async () => {
  const wrong: Partial<Person>[] = [
    { firstName: 'Jeanne' },
    { lastName: 'Dark' },
    { country: 'FR' },
    { organizationType: 'company' },
  ]
  for (const changes of wrong) {
    const person = await joinAs()
    await askForResetAs(person, changes)
    const mails = await mailboxOf(person)
    expect(mails).toHaveLength(2)
    expect(mails[0]?.text).not.toContain('reset-password/')
  }
  const stranger = newPerson()
  await askForResetAs(stranger)
  expect(await mailboxOf(stranger)).toHaveLength(0)
})

test('the details may be spelt as people spell them', async () => {
  const person = await joinAs()
  await askForResetAs(person, { email: ` ${person.email.toUpperCase()} `, firstName: 'eloise', lastName: 'D. Arc' })
  expect(await mailedToken(person, 'reset-password')).toBeTruthy()
})

test('asking again while the link lives mails the same link; the second within a minute brings no mail', async () => {
  const person = await joinAs()
  await askForResetAs(person)
  await askForResetAs(person)
  expect(await mailboxOf(person)).toHaveLength(2)
  await passLimits()
  await askForResetAs(person)
  const [again, first] = await mailedTokens(person, 'reset-password')
  expect(again).toBe(first)
  expect(
    await (await db()).token.count({ where: { purpose: 'password_reset', account: { email: person.email } } }),
  ).toBe(1)
})

test('whoever knows only the address cannot use up the mails of its owner', async () => {
  const person = await joinAs()
  for (let round = 0; round < 6; round += 1) await askForResetAs(person, { firstName: 'Mallory' })
  await askForResetAs(person)
  expect(await mailedToken(person, 'reset-password')).toBeTruthy()
})

test('a weak password costs nothing, a mismatch an attempt, and the fifth ends the link', async () => {
  const person = await joinAs()
  const token = await resetTokenOf(person)
  for (let round = 0; round < 6; round += 1)
    expect(await redeem(token, person, 'weak')).toMatchObject({ code: 'weak_password' })
  const codes = []
  for (let round = 0; round < 6; round += 1)
    codes.push((await redeem(token, { ...person, firstName: 'Mallory' }, newPassword)) as { code: string })
  expect(codes.map(({ code }) => code)).toEqual([
    ...Array(4).fill('identity_mismatch'),
    'link_unusable',
    'link_unusable',
  ])
  expect(await redeem(token, person, newPassword)).toMatchObject({ code: 'link_unusable' })
  expect(await peekLink('reset-password', token)).toBe('too_many_attempts')
})

test('a link of one person never changes the password of another', async () => {
  const [mallory, victim] = [await joinAs(), await joinAs()]
  await askForResetAs(mallory)
  expect(await redeem(await mailedToken(mallory, 'reset-password'), victim, newPassword)).toMatchObject({
    code: 'identity_mismatch',
  })
  expect(await logInAs(victim)).toMatchObject({ ok: true })
})

test('links expire by the clock of the database', async () => {
  const person = await joinAs()
  const token = await resetTokenOf(person)
  const client = await db()
  await client.$executeRaw`UPDATE "Token" SET "expiresAt" = now() - interval '1 second' WHERE "sentTo" = ${person.email}`
  expect(await peekLink('reset-password', token)).toBe('expired')
  expect(await redeem(token, person, newPassword)).toMatchObject({ code: 'link_unusable' })
  await client.$executeRaw`UPDATE "Token" SET "expiresAt" = now() + interval '2 seconds' WHERE "sentTo" = ${person.email}`
  expect(await redeem(token, person, newPassword)).toMatchObject({ ok: true })
})

test('a link that is asked for again and again lives two and a half hours at most, and a new one follows it', async () => {
  const person = await joinAs()
  const first = await resetTokenOf(person)
  let lived = 0
  for (let last = first; last === first; last = await mailedToken(person, 'reset-password')) {
    expect(lived).toBeLessThan(180)
    await passTime(25)
    lived += 25
    await (await db()).rateLimit.deleteMany()
    await askForResetAs(person)
  }
  expect(await peekLink('reset-password', first)).toBe('replaced')
  const rows = await (await db()).token.findMany({ where: { sentTo: person.email, purpose: 'password_reset' } })
  const lives = rows.map(({ createdAt, expiresAt }) => (expiresAt.getTime() - createdAt.getTime()) / 60_000)
  expect(Math.max(...lives)).toBeLessThanOrEqual(150)
  expect(Math.max(...lives)).toBeGreaterThan(120)
})

async function passLimits(): Promise<void> {
  await (await db()).$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() WHERE "key" LIKE 'reset_mail:60:%'`
}
