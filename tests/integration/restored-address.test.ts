import { expect, test } from 'vitest'
import { peekNewEmail, redeemNewEmail } from '@/lib/accounts/change-email'
import { peekNotMe, redeemNotMe } from '@/lib/accounts/not-me'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { askForEmail, idOf, logInAs, sessionOf, withPassword } from '@/tests/support/changes'
import { claimOf, join, mailedToken, mailsTo, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('postgres')

const newPassword = 'Un-n0uveau secret'

test('the former address is told with a link that gives the account back to it', async () => {
  const owner = await join(newPerson())
  const thief = await moved(owner)
  const session = await sessionOf(thief)
  expect(await undo(owner)).toEqual({ ok: true })
  expect(await findSession(session)).toBeNull()
  for (const person of [owner, thief]) expect(await logInAs(person)).toMatchObject({ code: 'invalid_credentials' })
  const reset = await mailedToken(owner, 'reset-password')
  await redeemPasswordReset(reset, { ...claimOf(owner), newPassword }, newCaller(), 'fr')
  expect(await logInAs({ ...owner, password: newPassword })).toMatchObject({ ok: true })
  const events = await (await db()).event.findMany({ where: { accountId: await idOf(owner), via: 'not_me' } })
  expect(events.map(({ name }) => name)).toContain('user_updated')
})

test('whoever took it over cannot undo that, by no link that was mailed to the later address', async () => {
  const owner = await join(newPerson())
  const thief = await withPassword(await moved(owner), 'An0ther’s choice')
  await askForEmail(thief, newPerson().email)
  const later = await mailedToken(thief, 'not-me')
  expect(await undo(owner)).toEqual({ ok: true })
  expect(await peekNotMe(later)).toBe('replaced')
  expect(await undo(thief)).toMatchObject({ code: 'link_unusable' })
  expect(await emailOf(owner)).toBe(owner.email)
})

test('an address that is on its way is not confirmed any more', async () => {
  const owner = await join(newPerson())
  const thief = await withPassword(owner, 'An0ther’s choice')
  const { email } = newPerson()
  await askForEmail(thief, email)
  const pending = await mailedToken({ ...thief, email }, 'new-email')
  await undo(owner)
  expect(await peekNewEmail(pending)).toBe('password_changed')
})

test('over two addresses, and undone once already by the thief, the first one gets the account back', async () => {
  const owner = await join(newPerson())
  const thief = await moved(owner)
  await moved(thief)
  expect(await undo(thief)).toEqual({ ok: true })
  expect(await emailOf(thief)).toBe(thief.email)
  expect(await undo(owner)).toEqual({ ok: true })
  expect(await emailOf(owner)).toBe(owner.email)
  expect(await undo(thief)).toMatchObject({ code: 'link_unusable' })
  expect(await emailOf(owner)).toBe(owner.email)
  expect((await mailsTo(owner))[0]?.subject).toBe('Choisissez un nouveau mot de passe Metamots')
})

test('the notice of a change of password goes to the address of that moment, however late it is sent', async () => {
  const owner = await join(newPerson())
  const client = await db()
  const mails = (await mailsTo(owner)).length
  await client.$executeRaw`
    CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW."nextAttemptAt" = now() + interval '1 hour'; RETURN NEW; END $$`
  await client.$executeRaw`
    CREATE TRIGGER late BEFORE INSERT ON "Mail" FOR EACH ROW WHEN (NEW."kind" = 'password_changed') EXECUTE FUNCTION late()`
  const thief = await moved(await withPassword(owner, 'An0ther’s choice'))
  await client.$executeRaw`DROP TRIGGER late ON "Mail"`
  expect(await mailsTo(owner)).toHaveLength(mails + 1)
  await client.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`
  await deliverDueMail()
  expect(await mailsTo(owner)).toHaveLength(mails + 2)
  expect((await mailsTo(thief)).map(({ text }) => text).join()).not.toContain('/not-me/')
})

test('an account that nobody confirmed does not hold the former address against its owner', async () => {
  const owner = await join(newPerson())
  await moved(owner)
  await signUpAs({ ...owner, password: 'Squatt3r’s choice' })
  expect(await undo(owner)).toEqual({ ok: true })
  expect(await emailOf(owner)).toBe(owner.email)
  expect(await logInAs({ ...owner, password: 'Squatt3r’s choice' })).toMatchObject({ code: 'invalid_credentials' })
})

test('where another account has confirmed the former address, everything ends but the address stays, and the link says so', async () => {
  const owner = await join(newPerson())
  const thief = await moved(owner)
  const session = await sessionOf(thief)
  const token = await mailedToken(owner, 'not-me')
  const anew = await join({ ...owner, password: 'Anew, with a 2nd account' })
  const mails = (await mailsTo(owner)).length
  expect(await redeemNotMe(token, newCaller(), 'fr')).toEqual({ ok: false, code: 'link_unusable' })
  await deliverDueMail()
  expect(await peekNotMe(token)).toBe('address_taken')
  expect(await findSession(session)).toBeNull()
  expect(await logInAs(thief)).toMatchObject({ code: 'invalid_credentials' })
  expect(await logInAs(anew)).toMatchObject({ ok: true })
  expect(await mailsTo(owner)).toHaveLength(mails)
  expect((await mailsTo(thief)).map(({ text }) => text).join()).not.toContain('/reset-password/')
})

/** The account as somebody left it who moved it to another address. */
async function moved(person: Person): Promise<Person> {
  const { email } = newPerson()
  await askForEmail(person, email)
  const result = await redeemNewEmail(await mailedToken({ ...person, email }, 'new-email'), newCaller(), 'fr')
  if (!result.ok) throw new Error(result.code)
  await deliverDueMail()
  return { ...person, email }
}

/** Follows the newest link "this was not me" in somebody's mailbox. */
async function undo(person: Person) {
  const result = await redeemNotMe(await mailedToken(person, 'not-me'), newCaller(), 'fr')
  await deliverDueMail()
  return result
}

async function emailOf(person: Person): Promise<string | undefined> {
  const client = await db()
  return (await client.account.findUnique({ where: { emailKey: person.email }, select: { email: true } }))?.email
}
