import { expect, test } from 'vitest'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import {
  askForEmail,
  idOf,
  logInAs,
  redeem,
  sessionOf,
  undoBy,
  withEmail,
  withPassword,
} from '@/tests/support/accounts/changes'
import { joinAs, mailboxOf, mailedToken, signUpAs } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('the former address is told with a link that, by the password, gives the account back to it', async () => {
  const owner = await joinAs()
  const thief = await withEmail(owner)
  const session = await sessionOf(thief)
  expect(await undo(owner)).toEqual({ ok: true, value: 'restored' })
  expect(await findSession(session)).toBeNull()
  for (const person of [owner, thief]) expect(await logInAs(person)).toMatchObject({ code: 'invalid_credentials' })
  await redeem(await mailedToken(owner, 'reset-password'), owner)
  expect(await logInAs({ ...owner, password: newPassword })).toMatchObject({ ok: true })
  const events = await (await db()).event.findMany({ where: { accountId: await idOf(owner), via: 'not_me' } })
  expect(events.map(({ name }) => name)).toContain('user_updated')
})

test('whoever took it over cannot undo that, by no link that was mailed to the later address', async () => {
  const owner = await joinAs()
  const thief = await withPassword(await withEmail(owner), 'An0ther’s choice')
  await askForEmail(thief, newPerson().email)
  const later = await mailedToken(thief, 'not-me')
  expect(await undo(owner)).toEqual({ ok: true, value: 'restored' })
  expect(await peekLink('not-me', later)).toBe('replaced')
  for (const password of [null, owner.password, thief.password])
    expect(await undoBy(later, password)).toMatchObject({ code: 'link_unusable' })
  expect(await emailOf(owner)).toBe(owner.email)
})

test('an address that is on its way is not confirmed any more', async () => {
  const owner = await joinAs()
  const thief = await withPassword(owner, 'An0ther’s choice')
  const { email } = newPerson()
  await askForEmail(thief, email)
  const pending = await mailedToken({ email }, 'new-email')
  await undo(owner)
  expect(await peekLink('new-email', pending)).toBe('password_changed')
})

test('over two addresses, and undone once already by the thief, the first one gets the account back', async () => {
  const owner = await joinAs()
  const thief = await withEmail(owner)
  await withEmail(thief)
  expect(await undo(thief)).toEqual({ ok: true, value: 'restored' })
  expect(await emailOf(thief)).toBe(thief.email)
  expect(await undo(owner)).toEqual({ ok: true, value: 'restored' })
  expect(await emailOf(owner)).toBe(owner.email)
  expect(await undo(thief)).toMatchObject({ ok: false })
  expect(await emailOf(owner)).toBe(owner.email)
  expect((await mailboxOf(owner))[0]?.subject).toBe('Choisissez un nouveau mot de passe Metamots')
})

test('the notice of a change of password goes to the address of that moment, however late it is sent', async () => {
  const owner = await joinAs()
  const client = await db()
  const mails = (await mailboxOf(owner)).length
  await client.$executeRaw`
    CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW."nextAttemptAt" = now() + interval '1 hour'; RETURN NEW; END $$`
  await client.$executeRaw`
    CREATE TRIGGER late BEFORE INSERT ON "Mail" FOR EACH ROW WHEN (NEW."kind" = 'password_changed') EXECUTE FUNCTION late()`
  const thief = await withEmail(await withPassword(owner, 'An0ther’s choice'))
  await client.$executeRaw`DROP TRIGGER late ON "Mail"`
  expect(await mailboxOf(owner)).toHaveLength(mails + 1)
  await client.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now()`
  await deliverDueMail()
  expect(await mailboxOf(owner)).toHaveLength(mails + 2)
  expect((await mailboxOf(thief)).map(({ text }) => text).join()).not.toContain('/not-me/')
})

test('an account that nobody confirmed does not hold the former address against its owner', async () => {
  const owner = await joinAs()
  await withEmail(owner)
  await signUpAs({ ...owner, password: 'Squatt3r’s choice' })
  expect(await undo(owner)).toEqual({ ok: true, value: 'restored' })
  expect(await emailOf(owner)).toBe(owner.email)
  expect(await logInAs({ ...owner, password: 'Squatt3r’s choice' })).toMatchObject({ code: 'invalid_credentials' })
})

/** Follows the newest link "this was not me" in somebody's mailbox. */
async function undo(person: Person) {
  return undoBy(await mailedToken(person, 'not-me'), person.password)
}

async function emailOf(person: Person): Promise<string | undefined> {
  const client = await db()
  return (await client.account.findUnique({ where: { emailKey: person.email }, select: { email: true } }))?.email
}
