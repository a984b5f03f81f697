import { expect, test } from 'vitest'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { sha256 } from '@/lib/secrets'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { idOf, logInAs, redeem, resetTokenOf, sessionOf, undoBy, withPassword } from '@/tests/support/accounts/changes'
import { closeAs } from '@/tests/support/accounts/closing'
import { askForLinkAs, askForResetAs, joinAs, mailboxOf, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPassword, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

test('whoever did not change the password makes it useless, ends every session and link, and gets a fresh reset link', async () => {
  const owner = await joinAs()
  const thief = await withPassword(owner, 'An0ther’s choice')
  const sessions = [await sessionOf(thief), await sessionOf(thief)]
  const early = await resetTokenOf(owner)
  const token = await mailedToken(owner, 'not-me')
  expect(await peekLink('not-me', token)).toBe('live')

  expect(await undoBy(token)).toEqual({ ok: true, value: 'restored' })

  for (const session of sessions) expect(await findSession(session)).toBeNull()
  expect(await peekLink('reset-password', early)).toBe('password_changed')
  for (const person of [owner, thief]) expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  const reset = await mailedToken(owner, 'reset-password')
  expect(reset).not.toBe(early)
  expect(await peekLink('reset-password', reset)).toBe('live')
  expect(await redeem(reset, owner)).toEqual({ ok: true })
  expect(await logInAs({ ...owner, password: newPassword })).toMatchObject({ ok: true })
})

test('it is recorded as a change of the password, and the reset link is mailed whatever the limit on reset mails', async () => {
  const owner = await joinAs()
  await withPassword(owner, 'An0ther’s choice')
  for (let mails = 0; mails < 3; mails += 1) await askForLinkAs(owner)
  await deliverDueMail()
  await undoBy(await mailedToken(owner, 'not-me'))
  expect((await mailboxOf(owner))[0]?.subject).toBe('Choisissez un nouveau mot de passe Metamots')
  const events = await (await db()).event.findMany({ where: { accountId: await idOf(owner), via: 'not_me' } })
  expect(events.map(({ name }) => name).sort()).toEqual(['authn_password_change', 'authn_token_created'])
})

test('it keeps an account that the thief asked to be closed', async () => {
  const { owner, thief, token } = await changed()
  const id = await idOf(owner)
  expect(await closeAs(thief)).toMatchObject({ ok: true })
  expect(await undoBy(token)).toEqual({ ok: true, value: 'restored' })
  expect(await (await db()).account.findUnique({ where: { id } })).toMatchObject({ closesAt: null })
})

test('a link “this was not me” serves once and then says that it was used', async () => {
  const { token } = await changed()
  expect(await undoBy(token)).toEqual({ ok: true, value: 'restored' })
  expect(await undoBy(token)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekLink('not-me', token)).toBe('used')
})

test('any number of looks at it changes nothing', async () => {
  const { owner, thief, token } = await changed()
  for (let looks = 0; looks < 20; looks += 1) expect(await peekLink('not-me', token)).toBe('live')
  expect(await logInAs(thief)).toMatchObject({ ok: true })
  expect(await mailboxOf(owner)).toHaveLength(2)
})

test('it lives 72 hours by the clock of the database', async () => {
  const { thief, token } = await changed()
  await age(token, '71 hours 59 minutes')
  expect(await peekLink('not-me', token)).toBe('live')
  await age(token, '1 minute')
  expect(await peekLink('not-me', token)).toBe('expired')
  expect(await undoBy(token)).toMatchObject({ code: 'link_unusable' })
  expect(await logInAs(thief)).toMatchObject({ ok: true })
})

test('after two changes by somebody else the first notice still undoes them, as every notice of the mailbox would', async () => {
  const { owner, thief, token } = await changed()
  await age(token, '71 hours')
  const again = await withPassword(thief, 'Yet an0ther choice')
  expect(await mailedToken(owner, 'not-me')).not.toBe(token)
  await age(token, '71 hours')
  expect(await undoBy(token)).toEqual({ ok: true, value: 'restored' })
  expect(await logInAs(again)).toMatchObject({ ok: false })
})

test('a change after it was undone brings a link of its own', async () => {
  const { owner, token } = await changed()
  await undoBy(token)
  await redeem(await mailedToken(owner, 'reset-password'), owner)
  await deliverDueMail()
  const next = await mailedToken(owner, 'not-me')
  expect(next).not.toBe(token)
  expect(await peekLink('not-me', next)).toBe('live')
})

test('nothing else than a link of this purpose undoes anything', async () => {
  const { owner, thief, token } = await changed()
  await askForResetAs(owner)
  for (const other of [null, '', 'short', 'A'.repeat(43), await mailedToken(owner, 'reset-password')])
    expect(await undoBy(other)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekLink('reset-password', token)).toBe('unknown')
  expect(await logInAs(thief)).toMatchObject({ ok: true })
})

test('from one network address ten links that do not serve may be tried in a quarter of an hour, and any that do', async () => {
  const caller = newCaller()
  for (let tries = 0; tries < 10; tries += 1)
    expect(await redeemNotMe('A'.repeat(43), caller, 'fr')).toMatchObject({ code: 'link_unusable' })
  expect(await redeemNotMe('A'.repeat(43), caller, 'fr')).toMatchObject({
    ok: false,
    code: 'too_many_requests',
    waitSeconds: expect.any(Number),
  })
  const { token } = await changed()
  expect(await redeemNotMe(token, caller, 'fr')).toMatchObject({ ok: true })
})

/** An account whose password somebody else has changed, and the link that its owner was told of it with. */
async function changed(): Promise<{ owner: Person; thief: Person; token: string }> {
  const owner = await joinAs()
  const thief = await withPassword(owner, 'An0ther’s choice')
  return { owner, thief, token: await mailedToken(owner, 'not-me') }
}

/** As if the links had been mailed so much earlier. */
async function age(token: string, span: string): Promise<void> {
  await (await db()).$executeRaw`
    UPDATE "Token" SET "expiresAt" = "expiresAt" - ${span}::text::interval WHERE "tokenHash" = ${sha256(token)}`
}
