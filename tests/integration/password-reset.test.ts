import { expect, test } from 'vitest'
import { peekPasswordReset } from '@/lib/accounts/password-reset'
import { db } from '@/lib/db/client'
import { logInAs, redeem } from '@/tests/support/changes'
import { askForReset, join, mailedToken, mailsTo } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

test('only all five fields bring a link; a known address with other details brings a mail that has none', async () => {
  const wrong: Partial<Person>[] = [
    { firstName: 'Jeanne' },
    { lastName: 'Dark' },
    { country: 'FR' },
    { organizationType: 'company' },
  ]
  for (const changes of wrong) {
    const person = await join(newPerson())
    await askForReset(person, changes)
    const mails = await mailsTo(person)
    expect(mails).toHaveLength(2)
    expect(mails[0]?.text).not.toContain('reset-password/')
  }
  const stranger = newPerson()
  await askForReset(stranger)
  expect(await mailsTo(stranger)).toHaveLength(0)
})

test('the details may be spelt as people spell them', async () => {
  const person = await join(newPerson())
  await askForReset(person, { email: ` ${person.email.toUpperCase()} `, firstName: 'eloise', lastName: "d'arc" })
  expect(await mailedToken(person, 'reset-password')).toBeTruthy()
})

test('asking again while the link lives mails the same link; the second within a minute brings no mail', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  await askForReset(person)
  expect(await mailsTo(person)).toHaveLength(2)
  await passLimits()
  await askForReset(person)
  const [again, first] = await mailsTo(person)
  expect(linkIn(again?.text)).toBe(linkIn(first?.text))
  expect(
    await (await db()).token.count({ where: { purpose: 'password_reset', account: { email: person.email } } }),
  ).toBe(1)
})

test('whoever knows only the address cannot use up the mails of its owner', async () => {
  const person = await join(newPerson())
  for (let round = 0; round < 6; round += 1) await askForReset(person, { firstName: 'Mallory' })
  await askForReset(person)
  expect(await mailedToken(person, 'reset-password')).toBeTruthy()
})

test('a weak password costs nothing, a mismatch an attempt, and the fifth ends the link', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  for (let round = 0; round < 6; round += 1)
    expect(await redeem(token, person, 'weak')).toMatchObject({ code: 'weak_password' })
  const codes = []
  for (let round = 0; round < 6; round += 1)
    codes.push((await redeem(token, { ...person, firstName: 'Mallory' }, 'Un-n0uveau secret')) as { code: string })
  expect(codes.map(({ code }) => code)).toEqual([
    ...Array(4).fill('identity_mismatch'),
    'link_unusable',
    'link_unusable',
  ])
  expect(await redeem(token, person, 'Un-n0uveau secret')).toMatchObject({ code: 'link_unusable' })
  expect(await peekPasswordReset(token)).toBe('too_many_attempts')
})

test('a link of one person never changes the password of another', async () => {
  const [mallory, victim] = [await join(newPerson()), await join(newPerson())]
  await askForReset(mallory)
  expect(await redeem(await mailedToken(mallory, 'reset-password'), victim, 'Un-n0uveau secret')).toMatchObject({
    code: 'identity_mismatch',
  })
  expect(await logInAs(victim)).toMatchObject({ ok: true })
})

test('links expire by the clock of the database', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  const client = await db()
  await client.$executeRaw`UPDATE "Token" SET "expiresAt" = now() - interval '1 second' WHERE "sentTo" = ${person.email}`
  expect(await peekPasswordReset(token)).toBe('expired')
  expect(await redeem(token, person, 'Un-n0uveau secret')).toMatchObject({ code: 'link_unusable' })
  await client.$executeRaw`UPDATE "Token" SET "expiresAt" = now() + interval '2 seconds' WHERE "sentTo" = ${person.email}`
  expect(await redeem(token, person, 'Un-n0uveau secret')).toMatchObject({ ok: true })
})

function linkIn(text: string | undefined): string | undefined {
  return /https?:\S+(?:reset-password|verify-email)\/\S+/.exec(text ?? '')?.[0]
}

async function passLimits(): Promise<void> {
  await (await db()).$executeRaw`UPDATE "RateLimit" SET "endsAt" = now() WHERE "key" LIKE 'reset_mail:60:%'`
}
