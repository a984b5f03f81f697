import { expect, test } from 'vitest'
import { requestEmailChange } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { changeUsername } from '@/lib/accounts/change-username'
import { closeAccount } from '@/lib/accounts/close-account'
import { countGuess, takeBackGuess } from '@/lib/accounts/guesses'
import { changeEmailSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { BusyError } from '@/lib/accounts/passwords/hashing'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { whileBusy } from '@/tests/support/accounts/busy'
import {
  accountIn,
  idOf,
  loggedIn,
  logInAs,
  movedAccount,
  redeem,
  resetTokenOf,
  sessionOf,
  undoBy,
} from '@/tests/support/accounts/changes'
import { pass, rowsOf } from '@/tests/support/accounts/limits'
import { joinAs, mailboxOf, mailedToken, newCaller, signUpAs } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

const wrong = 'Wr0ng one, surely'
const day = 86_400

test('the known browsers of an account have ten wrong passwords a day together, and are like unknown ones after that', async () => {
  const person = await joinAs()
  const marks = await marksOf(person, 4)
  const [mark = ''] = marks
  const heard = await judged(async () => {
    for (let guess = 0; guess < 40; guess += 1) await guessed(person, marks[guess % 4])
  })
  expect(heard).toBe(10 + 25)
  expect(await logInAs(person, { mark })).toMatchObject({ ok: false })
  await pass(null, day)
  expect(await judged(() => guessed(person, mark))).toBe(1)
  expect(await logInAs(person, { mark })).toMatchObject({ ok: true })
})

test('a mark from before a reset is a stranger’s: of 36 guesses with four marks the first five are heard at once', async () => {
  const person = await joinAs()
  const marks = await marksOf(person, 4)
  await redeem(await resetTokenOf(person), person)
  const heard = await judged(async () => {
    for (let guess = 0; guess < 9; guess += 1)
      for (const mark of marks) await logInAs({ ...person, password: wrong }, { mark })
  })
  expect(heard).toBeGreaterThanOrEqual(5)
  expect(heard).toBeLessThan(10)
  const after = { ...person, password: newPassword }
  for (const mark of marks) expect(await logInAs(after, { mark })).toMatchObject({ ok: false })
})

test('a change of the password ends the marks of other browsers, and gives this one a new one', async () => {
  const person = await joinAs()
  const [other = ''] = await marksOf(person, 1)
  const { session, mark: former } = await loggedIn(person)
  const input = { currentPassword: person.password, newPassword }
  const changed = await changePassword(await accountIn(session), input, newCaller(), 'fr')
  if (!changed.ok) throw new Error(changed.code)
  const after = { ...person, password: newPassword }
  await lockOut(person)
  for (const mark of [other, former]) expect(await logInAs(after, { mark })).toMatchObject({ ok: false })
  expect(await logInAs(after, { mark: changed.value.mark })).toMatchObject({ ok: true })
})

test('the e-mail and the user name of an account have 25 wrong passwords a day together', async () => {
  const person = await joinAs()
  const username = await withUsername(person)
  const heard = await judged(async () => {
    for (let guess = 0; guess < 60; guess += 1) await guessed({ ...person, email: guess % 2 ? username : person.email })
  })
  expect(heard).toBe(25)
})

test('by whatever mix of ways, 45 wrong passwords of an account are heard in a day', async () => {
  const person = await joinAs()
  const username = await withUsername(person)
  const marks = await marksOf(person, 3)
  const sessions = [await sessionOf(person), await sessionOf(person)]
  const heard = await judged(async () => {
    for (let round = 0; round < 30; round += 1) {
      for (const session of sessions) if (await findSession(session)) await guessCurrent(session, round)
      await guessed(person, marks[round % 3])
      await guessed({ ...person, email: username })
      // As if its owner came by every now and then.
      if (round % 5 === 0) await logInAs(person, { mark: marks[0] ?? null })
    }
  })
  expect(heard).toBe(25 + 10 + 10)
})

test('of 960 guesses at the current password in a day ten are heard, and the tenth ends every session', async () => {
  const person = await joinAs()
  const sessions = [await sessionOf(person), await sessionOf(person)]
  const account = await accountIn(sessions[0] ?? '')
  const answers = new Set<string>()
  const heard = await judged(async () => {
    for (let guess = 0; guess < 960; guess += 1) {
      const change = { currentPassword: wrong, newPassword }
      const result = await changePassword(account, change, newCaller(), 'fr')
      if (!result.ok) answers.add(result.code)
      if (guess % 10 === 9) await pass(null, 890)
    }
  })
  expect(heard).toBe(10)
  expect([...answers]).toEqual(['wrong_password', 'session_ended', 'too_many_requests'])
  for (const session of sessions) expect(await findSession(session)).toBeNull()
})

test('all that asks for the current password shares its ten guesses, and right ones do not use them up', async () => {
  const person = await joinAs()
  const session = await sessionOf(person)
  const ask = (currentPassword: string) =>
    askForAnotherEmail(session, currentPassword).then((result) => (result.ok ? 'ok' : result.code))
  for (let right = 0; right < 4; right += 1) {
    for (let guess = 0; guess < 2; guess += 1) await guessCurrent(session, guess)
    expect(await ask(person.password)).toBe('ok')
  }
  expect(await ask(wrong)).toBe('wrong_password')
  expect(await findSession(session)).not.toBeNull()
  const account = await accountIn(session)
  expect(await ask(wrong)).toBe('session_ended')
  expect(await findSession(session)).toBeNull()
  const another = await sessionOf(person)
  const closing = await closeAccount(account.id, { currentPassword: person.password }, newCaller(), 'fr')
  expect(closing).toMatchObject({ ok: false, code: 'too_many_requests', waitSeconds: expect.any(Number) })
  expect(await findSession(another)).not.toBeNull()
})

test('right sign-ins use nothing up, and the wrong ones of the day stay counted', async () => {
  const person = await joinAs()
  const [mark = ''] = await marksOf(person, 1)
  for (let round = 0; round < 30; round += 1) {
    expect(await logInAs(person)).toMatchObject({ ok: true })
    expect(await logInAs(person, { mark })).toMatchObject({ ok: true })
  }
  const heard = await judged(async () => {
    for (let guess = 0; guess < 40; guess += 1) {
      await guessed(person)
      if (guess !== 15) continue
      await endWaits()
      expect(await logInAs(person)).toMatchObject({ ok: true })
    }
  })
  expect(heard).toBe(25)
})

test('after a hundred wrong passwords in a row, over days, no unknown browser signs in until a reset; known ones do', async () => {
  const person = await joinAs()
  const { mark } = await loggedIn(person)
  await failInARow(person, 100)
  expect(await judged(() => guessed(person))).toBe(0)
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  for (let days = 0; days < 400; days += 100) await pass(null, 100 * day)
  expect(await logInAs(person)).toMatchObject({ ok: false })
  expect(await logInAs(person, { mark })).toMatchObject({ ok: true })
  expect(await logInAs(person), 'after its owner signed in').toMatchObject({ ok: false })
  await redeem(await resetTokenOf(person), person)
  expect(await logInAs({ ...person, password: newPassword })).toMatchObject({ ok: true })
})

test('a new password begins with no guesses, also one that was made in a session', async () => {
  const person = await joinAs()
  const { mark } = await loggedIn(person)
  await failInARow(person, 100)
  const account = await accountIn(await sessionOf(person, { mark }))
  await changePassword(account, { currentPassword: person.password, newPassword }, newCaller(), 'fr')
  expect(await logInAs({ ...person, password: newPassword })).toMatchObject({ ok: true })
})

test('a right sign-in begins the row anew', async () => {
  const person = await joinAs()
  const { mark } = await loggedIn(person)
  await failInARow(person, 90)
  expect(await logInAs(person, { mark })).toMatchObject({ ok: true })
  for (let round = 0; round < 2; round += 1) {
    await failInARow(person, 90)
    await endWaits()
    expect(await logInAs(person)).toMatchObject({ ok: true })
  }
})

test('of a hundred wrong passwords in a row the owner is told once, and nobody who has not proved the e-mail', async () => {
  const [person, pending] = [await joinAs(), await signUpAs()]
  const { mark } = await loggedIn(person)
  for (const each of [person, pending]) {
    await failInARow(each, 99)
    expect(await told(each)).toHaveLength(0)
    await failInARow(each, 10)
  }
  await guessed(person, mark)
  expect(await told(person)).toHaveLength(1)
  expect(await told(pending)).toHaveLength(0)
  const [mail] = await told(person)
  expect(mail?.text).toContain('/fr/forgot-password')
})

test('an identifier without an account gets the same answers, in the same order, by the same counts', async () => {
  const [person, stranger] = [await joinAs(), newPerson()]
  const seen = []
  for (const each of [person, stranger]) {
    const answers: string[] = []
    const before = await countedRows()
    const client = await db()
    await client.$executeRaw`DELETE FROM "Event"`
    await client.mail.deleteMany()
    for (let guess = 0; guess < 130; guess += 1) {
      answers.push(JSON.stringify(await guessed(each)))
      if (guess % 26 === 25) await pass(null, day)
    }
    const events = await client.event.groupBy({ by: ['name'], _count: true, orderBy: { name: 'asc' } })
    const intents = await client.mail.count({ where: { kind: 'log_in_blocked' } })
    seen.push({ answers, events, intents, rows: (await countedRows()) - before })
  }
  expect(seen[1]).toEqual(seen[0])
  expect(seen[0]?.intents).toBe(1)
})

test('a refused sign-in costs a hash like one that is judged', async () => {
  for (const person of [await joinAs(), newPerson()]) {
    await lockOut(person)
    for (const password of [person.password, wrong]) {
      const begun = logInAs({ ...person, password })
      await whileBusy(() => expect(begun).rejects.toThrow(BusyError))
    }
  }
})

test('whoever types the id of an account guesses at nobody', async () => {
  const person = await joinAs()
  const id = await idOf(person)
  for (let guess = 0; guess < 30; guess += 1) await guessed({ ...person, email: id })
  expect(await logInAs(person)).toMatchObject({ ok: true })
})

test('a right password that had the hundredth place leaves it to the wrong one after it, and the owner is told', async () => {
  const person = await joinAs()
  const id = await idOf(person)
  const client = await db()
  const owner = { accountId: id, version: 1, locale: 'fr' } as const
  for (let failure = 0; failure < 99; failure += 1) {
    await countGuess(client, { accountId: id }, 'log_in')
    await pass(id, 86_400)
  }
  const [right, wrong] = [
    await countGuess(client, { accountId: id }, 'current_password'),
    await countGuess(client, { accountId: id }, 'log_in_known'),
  ]
  if (!right || !wrong) throw new Error('a guess was not counted')
  expect([right.isLastInARow, wrong.isLastInARow]).toEqual([true, false])
  await takeBackGuess(client, right, owner, newCaller().device)
  await deliverDueMail()
  expect((await mailboxOf(person))[0]?.subject).toBe('Trop de mots de passe erronés pour votre compte Metamots')
})

test('a right password at a blocked account gets the answers of a wrong one, and the end of the block forgets it', async () => {
  const { owner, token } = await movedAccount()
  await undoBy(token)
  const seen = []
  for (const person of [owner, { ...owner, password: wrong }, newPerson()]) {
    const caller = newCaller()
    const answers = []
    for (let times = 0; times < 6; times += 1) answers.push(await logInAs(person, { caller }))
    seen.push(answers.map((answer) => answer.ok || answer.code))
  }
  expect(seen).toEqual(Array(3).fill([...Array(5).fill('invalid_credentials'), 'too_many_requests']))
  for (let times = 0; times < 6; times += 1) expect(await logInAs(owner)).toMatchObject({ ok: false })
  expect(await undoBy(await mailedToken(owner, 'not-me'), owner.password)).toEqual({ ok: true, value: 'lifted' })
  expect(await logInAs(owner)).toMatchObject({ ok: true })
})

test('a guess that a full row refuses is none in the row, so the hundredth is told whatever came with it', async () => {
  const person = await joinAs()
  const wrong = { ...person, password: 'Wr0ng one, surely' }
  await logInAs(wrong)
  const client = await db()
  const inARow = async () => (await rowsOf(await idOf(person))).filter(({ key }) => key.startsWith('log_in_row:'))
  const [row] = await inARow()
  await client.rateLimit.update({ where: { key: row?.key ?? '' }, data: { hits: 100 } })
  expect(await logInAs(wrong)).toMatchObject({ ok: false })
  expect(await inARow()).toMatchObject([{ hits: 100 }])
})

/** Marks of browsers that somebody signed in from. */
async function marksOf(person: Person, count: number): Promise<string[]> {
  const marks: string[] = []
  while (marks.length < count) marks.push((await loggedIn(person)).mark)
  return marks
}

async function withUsername(person: Person): Promise<string> {
  const name = person.email.replace(/\W/g, '').slice(0, 20)
  const chosen = await changeUsername(await idOf(person), { name, key: name }, newCaller())
  if (!chosen.ok) throw new Error(chosen.code)
  return name
}

/** A sign-in with a wrong password, when the wait before it is over. */
async function guessed({ email }: Person, mark: string | null = null) {
  await endWaits()
  return logIn({ identifier: email, password: wrong, locale: 'fr' }, newCaller(), { session: null, mark })
}

async function endWaits(): Promise<void> {
  await (await db()).$executeRaw`UPDATE "RateLimit" SET "blockedUntil" = now() WHERE "blockedUntil" > now()`
}

/** A wrong password in one of the forms that ask for the current one. */
async function guessCurrent(session: string, round: number) {
  const account = await accountIn(session)
  if (round % 3 === 0) return closeAccount(account.id, { currentPassword: wrong }, newCaller(), 'fr')
  if (round % 3 === 1) return askForAnotherEmail(session, wrong)
  return changePassword(account, { currentPassword: wrong, newPassword }, newCaller(), 'fr')
}

async function askForAnotherEmail(session: string, currentPassword: string) {
  const input = changeEmailSchema.parse({ newEmail: newPerson().email, currentPassword })
  return requestEmailChange(await accountIn(session), input, newCaller(), 'fr')
}

/** How many wrong passwords were looked at meanwhile. */
async function judged(work: () => Promise<unknown>): Promise<number> {
  const client = await db()
  await client.$executeRaw`DELETE FROM "Event"`
  await work()
  const failures = ['authn_login_fail', 'authn_login_fail_max', 'authn_password_change_fail']
  return client.event.count({ where: { name: { in: failures } } })
}

/** Fails to sign in so often as a stranger, twenty times a day. */
async function failInARow(person: Person, times: number): Promise<void> {
  for (let guess = 0; guess < times; guess += 1) {
    if (guess % 20 === 0) await pass(null, day)
    await guessed(person)
  }
}

/** Fails until the next try must wait, and makes that wait longer than the test. */
async function lockOut(person: Person): Promise<void> {
  for (let round = 0; round < 5; round += 1) await logInAs({ ...person, password: wrong })
  await (await db())
    .$executeRaw`UPDATE "RateLimit" SET "blockedUntil" = now() + interval '1 minute' WHERE "blockedUntil" > now()`
}

/** The mails about wrong passwords in a row. */
async function told(person: Person) {
  await deliverDueMail()
  return (await mailboxOf(person)).filter(({ subject }) => subject.includes('mots de passe erronés'))
}

/** How many rows count guesses, apart from those of networks. */
async function countedRows(): Promise<number> {
  return (await (await db()).rateLimit.findMany()).filter(({ key }) =>
    /^log_in(_\w+)?:([\w-]{22}|[\w-]{36})$/.test(key),
  ).length
}
