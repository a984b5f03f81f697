import { expect, test } from 'vitest'
import { closeAccount } from '@/lib/accounts/close-account'
import { peekNotMe, redeemNotMe } from '@/lib/accounts/not-me'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { peekPasswordReset, redeemPasswordReset, requestPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { sha256 } from '@/lib/keys'
import { idOf, logInAs, sessionOf, withPassword } from '@/tests/support/changes'
import { askForReset, claimOf, join, mailedToken, mailsTo, newCaller } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

const newPassword = 'Un-n0uveau secret'

test('whoever did not change the password makes it useless, ends every session and link, and gets a fresh reset link', async () => {
  const owner = await join(newPerson())
  const thief = await withPassword(owner, 'An0ther’s choice')
  const sessions = [await sessionOf(thief), await sessionOf(thief)]
  await askForReset(owner)
  const early = await mailedToken(owner, 'reset-password')
  const token = await mailedToken(owner, 'not-me')
  expect(await peekNotMe(token)).toBe('live')

  expect(await undo(token)).toEqual({ ok: true })

  for (const session of sessions) expect(await findSession(session)).toBeNull()
  expect(await peekPasswordReset(early)).toBe('password_changed')
  for (const person of [owner, thief]) expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  const reset = await mailedToken(owner, 'reset-password')
  expect(reset).not.toBe(early)
  expect(await peekPasswordReset(reset)).toBe('live')
  const redeemed = await redeemPasswordReset(reset, { ...claimOf(owner), newPassword }, newCaller(), 'fr')
  expect(redeemed).toEqual({ ok: true })
  expect(await logInAs({ ...owner, password: newPassword })).toMatchObject({ ok: true })
})

test('it is recorded as a change of the password, and the reset link is mailed whatever the limit on reset mails', async () => {
  const owner = await join(newPerson())
  await withPassword(owner, 'An0ther’s choice')
  for (let mails = 0; mails < 3; mails += 1) await requestPasswordReset(claimOf(owner), newCaller(), 'fr')
  await deliverDueMail()
  await undo(await mailedToken(owner, 'not-me'))
  expect((await mailsTo(owner))[0]?.subject).toBe('Choisissez un nouveau mot de passe Metamots')
  const events = await (await db()).event.findMany({ where: { accountId: await idOf(owner), via: 'not_me' } })
  expect(events.map(({ name }) => name).sort()).toEqual(['authn_password_change', 'authn_token_created'])
})

test('it keeps an account that the thief asked to be closed', async () => {
  const { owner, thief, token } = await changed()
  const id = await idOf(owner)
  expect(await closeAccount(id, { currentPassword: thief.password }, newCaller(), 'fr')).toMatchObject({ ok: true })
  expect(await undo(token)).toEqual({ ok: true })
  expect(await (await db()).account.findUnique({ where: { id } })).toMatchObject({ closesAt: null })
})

test('a link “this was not me” serves once and then says that it was used', async () => {
  const { token } = await changed()
  expect(await undo(token)).toEqual({ ok: true })
  expect(await undo(token)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekNotMe(token)).toBe('used')
})

test('any number of looks at it changes nothing', async () => {
  const { owner, thief, token } = await changed()
  for (let looks = 0; looks < 20; looks += 1) expect(await peekNotMe(token)).toBe('live')
  expect(await logInAs(thief)).toMatchObject({ ok: true })
  expect(await mailsTo(owner)).toHaveLength(2)
})

test('it lives 72 hours by the clock of the database', async () => {
  const { thief, token } = await changed()
  await age(token, '71 hours 59 minutes')
  expect(await peekNotMe(token)).toBe('live')
  await age(token, '1 minute')
  expect(await peekNotMe(token)).toBe('expired')
  expect(await undo(token)).toMatchObject({ code: 'link_unusable' })
  expect(await logInAs(thief)).toMatchObject({ ok: true })
})

test('after two changes by somebody else the first notice still undoes them, as every notice of the mailbox would', async () => {
  const { owner, thief, token } = await changed()
  await age(token, '71 hours')
  const again = await withPassword(thief, 'Yet an0ther choice')
  expect(await mailedToken(owner, 'not-me')).toBe(token)
  await age(token, '71 hours')
  expect(await undo(token)).toEqual({ ok: true })
  expect(await logInAs(again)).toMatchObject({ ok: false })
})

test('a change after it was undone brings a link of its own', async () => {
  const { owner, token } = await changed()
  await undo(token)
  const reset = await mailedToken(owner, 'reset-password')
  await redeemPasswordReset(reset, { ...claimOf(owner), newPassword }, newCaller(), 'fr')
  await deliverDueMail()
  const next = await mailedToken(owner, 'not-me')
  expect(next).not.toBe(token)
  expect(await peekNotMe(next)).toBe('live')
})

test('nothing else than a link of this purpose undoes anything', async () => {
  const { owner, thief, token } = await changed()
  await askForReset(owner)
  for (const other of [null, '', 'short', 'A'.repeat(43), await mailedToken(owner, 'reset-password')])
    expect(await undo(other)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekPasswordReset(token)).toBe('unknown')
  expect(await logInAs(thief)).toMatchObject({ ok: true })
})

test('from one network address ten links may be tried in a quarter of an hour', async () => {
  const caller = newCaller()
  for (let tries = 0; tries < 10; tries += 1)
    expect(await redeemNotMe('A'.repeat(43), caller, 'fr')).toMatchObject({ code: 'link_unusable' })
  const { token } = await changed()
  expect(await redeemNotMe(token, caller, 'fr')).toEqual({ ok: false, code: 'too_many_requests' })
  expect(await peekNotMe(token)).toBe('live')
})

/** An account whose password somebody else has changed, and the link that its owner was told of it with. */
async function changed(): Promise<{ owner: Person; thief: Person; token: string }> {
  const owner = await join(newPerson())
  const thief = await withPassword(owner, 'An0ther’s choice')
  return { owner, thief, token: await mailedToken(owner, 'not-me') }
}

async function undo(token: string | null) {
  const result = await redeemNotMe(token, newCaller(), 'fr')
  await deliverDueMail()
  return result
}

/** As if the links had been mailed so much earlier. */
async function age(token: string, span: string): Promise<void> {
  await (await db()).$executeRaw`
    UPDATE "Token" SET "expiresAt" = "expiresAt" - ${span}::text::interval WHERE "tokenHash" = ${sha256(token)}`
}
