import { expect, test } from 'vitest'
import { changeDetails } from '@/lib/accounts/change-details'
import { changeDetailsSchema, signUpSchema } from '@/lib/accounts/input'
import { addMark } from '@/lib/accounts/mark'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import {
  correctDetails,
  idOf,
  logInAs,
  redeem,
  resetTokenOf,
  sessionOf,
  signedIn,
  undoBy,
  withEmail,
} from '@/tests/support/accounts/changes'
import {
  accountOf,
  claimOf,
  confirmAs,
  joinAs,
  mailboxOf,
  mailedToken,
  newCaller,
} from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'
import { mailTexts } from '@/tests/support/words'

useService('embedded')

test('the first sign-in of an unknown browser is told with a link that undoes it, a later one in it is not', async () => {
  const person = await joinAs()
  const first = await logInAs(person)
  const mark = first.ok ? first.value.mark : ''
  expect(await newsOf(person)).toBe(1)
  expect((await mailboxOf(person))[0]?.text).toContain('Firefox sur Linux')
  await logInAs(person, { mark })
  expect(await newsOf(person)).toBe(1)

  expect(await undoBy(await mailedToken(person, 'not-me'))).toEqual({ ok: true, value: 'restored' })
  expect(await findSession(first.ok ? first.value.session : '')).toBeNull()
  expect(await logInAs(person, { mark })).toMatchObject({ ok: false })
  expect(await peekLink('reset-password', await mailedToken(person, 'reset-password'))).toBe('live')
})

test('a sign-in that fails tells nobody', async () => {
  const person = await joinAs()
  await logInAs({ ...person, password: 'Wr0ng one, surely' })
  expect(await newsOf(person)).toBe(0)
})

test.each([
  ['a sign-up', signedUpIn],
  ['a reset', resetIn],
])('in the browser of %s a sign-in is no news for ten minutes', async (_, begin) => {
  const { person, mark } = await begin()
  await logInAs(person, { mark })
  expect(await newsOf(person)).toBe(0)
  await (await db()).$executeRaw`
    UPDATE "Credential" SET "changedAt" = "changedAt" - interval '10 minutes' WHERE "accountId" = ${await idOf(person)}::uuid`
  await logInAs(person, { mark })
  expect(await newsOf(person)).toBe(1)
})

test('whoever signs up for the address of an account is no less unknown to it', async () => {
  const person = await joinAs()
  const { mark } = await askToJoin({ ...newPerson(), email: person.email })
  await logInAs(person, { mark })
  expect(await newsOf(person)).toBe(1)
})

test('people who share a browser are each told of it once', async () => {
  const people = [await joinAs(), await joinAs()]
  let mark: string | null = null
  for (const person of [...people, ...people]) {
    const result = await logInAs(person, { mark })
    mark = addMark(mark, result.ok ? result.value.mark : '')
  }
  for (const person of people) expect(await newsOf(person)).toBe(1)
})

test('each unknown browser is told of, also where others of its kind in its network were', async () => {
  const [person, caller] = [await joinAs(), newCaller()]
  const first = await logInAs(person, { caller })
  expect(await newsOf(person)).toBe(1)
  await logInAs(person, { caller, mark: first.ok ? first.value.mark : '' })
  expect(await newsOf(person)).toBe(1)
  await logInAs(person, { caller })
  expect(await newsOf(person)).toBe(2)
})

test('nobody fills a mailbox with sign-ins: ten a day are told', async () => {
  const person = await joinAs()
  for (let times = 0; times < 12; times += 1) await logInAs(person)
  expect(await newsOf(person)).toBe(10)
})

test('the link of a sign-in before a reset does not bring the former password back', async () => {
  const person = await joinAs()
  const token = await resetTokenOf(person)
  await logInAs(person)
  await redeem(token, person)
  const moved = await withEmail({ ...person, password: newPassword })
  expect(await newsOf(person)).toBe(1)
  const link = await mailedToken(person, 'not-me')
  expect(await undoBy(link, person.password)).toMatchObject({ ok: false })
  expect(await findSession(await sessionOf(moved))).toMatchObject({ email: moved.email })
})

test('its link brings back the details of the sign-in, however often they change before and after it is made', async () => {
  const married = await joinAs()
  await correctDetails(married, { lastName: 'Married' })
  await logInAs(married)
  const caller = newCaller()
  const account = await signedIn(married)
  for (const lastName of ['Stolen', 'Hidden']) {
    const input = { ...claimOf({ ...married, lastName }), currentPassword: married.password }
    expect(await changeDetails(account, changeDetailsSchema.parse(input), caller, 'fr')).toEqual({ ok: true })
  }
  expect(await newsOf(married)).toBe(1)
  expect(await correctDetails(married, { lastName: 'Again' })).toEqual({ ok: true })
  expect(await undoBy(await tokenOfNews(married))).toEqual({ ok: true, value: 'restored' })
  expect(await accountOf(married)).toMatchObject({ lastName: 'Married' })
})

test('it goes to the address of the sign-in, although the account has another before it is sent', async () => {
  const person = await joinAs()
  const { email } = newPerson()
  await logInAs(person)
  await (await db()).$executeRaw`
    UPDATE "Account" SET "email" = ${email}, "emailKey" = ${email} WHERE "id" = ${await idOf(person)}::uuid`
  expect(await newsOf(person)).toBe(1)
  expect(await newsOf({ email })).toBe(0)
})

test('of an account that came from elsewhere the first one waits until all other mail has gone', async () => {
  const person = await joinAs()
  const client = await db()
  await client.event.deleteMany({ where: { accountId: await idOf(person) } })
  await logInAs(person)
  expect(await newsOf(person)).toBe(1)
  await logInAs(person)
  expect(await newsOf(person)).toBe(2)
  const mails = await client.mail.findMany({ where: { kind: 'new_browser' }, orderBy: { createdAt: 'desc' }, take: 2 })
  expect(mails.map((mail) => mail.class)).toEqual([1, 3])
})

/** The token of the mail that told somebody of a new browser. */
async function tokenOfNews(person: Person): Promise<string | null> {
  const { subject } = mailTexts('fr').new_browser
  const mail = (await mailboxOf(person)).find((mail) => mail.subject === subject)
  return /\/not-me\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? null
}

/** How many mails told somebody of a new browser. */
async function newsOf(person: Pick<Person, 'email'>): Promise<number> {
  await deliverDueMail()
  const { subject } = mailTexts('fr').new_browser
  return (await mailboxOf(person)).filter((mail) => mail.subject === subject).length
}

async function askToJoin(person: Person): Promise<{ person: Person; mark: string }> {
  const result = await signUp(signUpSchema.parse(person), newCaller(), 'fr')
  if (!result.ok) throw new Error(result.code)
  await deliverDueMail()
  return { person, mark: result.value.mark }
}

async function signedUpIn() {
  const asked = await askToJoin(newPerson())
  await confirmAs(asked.person)
  return asked
}

async function resetIn() {
  const person = await joinAs()
  const claim = { ...claimOf(person), newPassword }
  const result = await redeemPasswordReset(await resetTokenOf(person), claim, newCaller(), 'fr')
  if (!result.ok) throw new Error(result.code)
  return { person: { ...person, password: newPassword }, mark: result.value.mark }
}
