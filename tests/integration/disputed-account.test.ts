import { expect, test } from 'vitest'
import { requestEmailChange } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { closeAccount } from '@/lib/accounts/close-account'
import { changeEmailSchema } from '@/lib/accounts/input'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import {
  askForEmail,
  idOf,
  logInAs,
  movedAccount,
  redeem,
  resetTokenOf,
  sessionOf,
  signedIn,
  undoBy,
  withEmail,
  withPassword,
} from '@/tests/support/accounts/changes'
import { askForResetAs, joinAs, mailboxOf, mailedToken, mailedTokens, newCaller } from '@/tests/support/accounts/people'
import { newPassword, newPerson } from '@/tests/support/person'
import { disputesPassed } from '@/tests/support/postgres/time-passed'
import { useService } from '@/tests/support/vitest/use-service'
import { mailTexts } from '@/tests/support/words'

useService('postgres')

test('whoever holds a mailbox that the owner gave up cannot move the account there without the password', async () => {
  const { former, owner, token } = await movedAccount()
  for (const password of [null, 'A guess at 1t, wrong'])
    expect(await undoBy(token, password)).not.toMatchObject({ value: 'restored' })
  await askForResetAs(former)
  expect((await mailboxOf(former)).map(({ text }) => text).join()).not.toContain('/reset-password/')
  expect(await undoBy(await mailedToken(owner, 'not-me'), owner.password)).toEqual({ ok: true, value: 'lifted' })
  expect(await logInAs(owner)).toMatchObject({ ok: true })
})

test('whoever moved a stolen account cannot reset it at its address when the former one has become that of another account', async () => {
  const { former: owner, owner: thief, token } = await movedAccount()
  const anew = await joinAs({ ...owner, password: 'Anew, with a 2nd account' })
  expect(await undoBy(token, owner.password)).toEqual({ ok: false, code: 'address_taken' })
  await askForResetAs(thief)
  expect(await mailedTokens(thief, 'reset-password')).toEqual([])
  expect((await mailboxOf(thief))[0]?.subject).toBe(mailTexts('fr').reset_blocked.subject)
  expect(await logInAs(thief)).toMatchObject({ code: 'invalid_credentials' })
  expect(await logInAs(anew)).toMatchObject({ ok: true })

  expect(await peekLink('not-me', token)).toBe('live')
  await withEmail(anew)
  expect(await undoBy(token, owner.password)).toEqual({ ok: true, value: 'restored' })
  expect(await redeem(await mailedToken(owner, 'reset-password'), owner)).toEqual({ ok: true })
  expect(await logInAs({ ...owner, password: newPassword })).toMatchObject({ ok: true })
})

test('an account that is moved back tells the address it leaves, whose link can block it and never move it', async () => {
  const { former: owner, owner: thief, token } = await movedAccount()
  expect(await undoBy(token, owner.password)).toEqual({ ok: true, value: 'restored' })
  expect((await mailboxOf(thief))[0]?.subject).toBe('L’adresse email de votre compte Metamots a été modifiée')
  const objection = await mailedToken(thief, 'not-me')
  expect(await undoBy(objection, thief.password)).toEqual({ ok: false, code: 'wrong_password', attemptsLeft: 4 })
  expect(await undoBy(objection)).toEqual({ ok: true, value: 'blocked' })
  expect(await peekLink('not-me', objection)).toBe('used')
  expect(await idOf(owner)).toBeDefined()

  expect(await undoBy(await mailedToken(owner, 'not-me'), owner.password)).toEqual({ ok: true, value: 'restored' })
  await redeem(await mailedToken(owner, 'reset-password'), owner)
  expect(await logInAs({ ...owner, password: newPassword })).toMatchObject({ ok: true })
})

test('while an account is blocked nobody signs in or resets, and a held reset link does not serve', async () => {
  const { owner, token } = await movedAccount()
  const [session, reset] = [await sessionOf(owner), await resetTokenOf(owner)]
  expect(await undoBy(token)).toEqual({ ok: true, value: 'blocked' })
  expect(await findSession(session)).toBeNull()
  expect(await peekLink('reset-password', reset)).toBe('replaced')
  expect(await redeem(reset, owner)).toMatchObject({ code: 'link_unusable' })
  await (await db()).rateLimit.deleteMany()
  await askForResetAs(owner)
  expect(await logInAs(owner)).toEqual({ ok: false, code: 'invalid_credentials' })
})

test('whoever asks for a reset of a blocked account is told until when it is and what ends that, as often as a link would come', async () => {
  const { owner, token } = await movedAccount()
  await undoBy(token)
  const { subject } = mailTexts('fr').reset_blocked
  const told = async () => (await mailboxOf(owner)).filter((mail) => mail.subject === subject)
  await askForResetAs(owner)
  const [{ text = '' } = {}] = await told()
  expect(text).toContain('Pendant 3\u00a0jours')
  expect(text).toContain(mailTexts('fr').account_disputed.subject)
  expect(text).not.toMatch(/reset-password|not-me/)
  await askForResetAs(owner)
  expect(await told()).toHaveLength(1)
  await (await db()).rateLimit.deleteMany()
  await (await db()).mail.updateMany({ where: { state: 'waiting' }, data: { nextAttemptAt: new Date(0) } })
  await deliverDueMail()
  expect(await told()).toHaveLength(2)
})

test('whoever was signed in at the moment of a block changes nothing any more with the right password', async () => {
  const { owner, token } = await movedAccount()
  const account = await signedIn(owner)
  expect(await undoBy(token)).toEqual({ ok: true, value: 'blocked' })
  const [{ password: currentPassword }, { email }] = [owner, newPerson()]
  const move = changeEmailSchema.parse({ newEmail: email, currentPassword })
  await requestEmailChange(account, move, newCaller(), 'fr')
  await deliverDueMail()
  expect(await mailboxOf({ email })).toEqual([])
  for (const change of [
    () => changePassword(account, { currentPassword, newPassword }, newCaller(), 'fr'),
    () => closeAccount(account.id, { currentPassword }, newCaller(), 'fr'),
  ])
    expect(await change()).toEqual({ ok: false, code: 'wrong_password' })
})

test('a new address that was asked for before a block comes to nothing, also when the block has ended', async () => {
  const { owner, token } = await movedAccount()
  const [asked, mailed] = [newPerson().email, newPerson().email]
  await askForEmail(owner, mailed)
  const link = await mailedToken({ email: mailed }, 'new-email')
  const input = changeEmailSchema.parse({ newEmail: asked, currentPassword: owner.password })
  await requestEmailChange(await signedIn(owner), input, newCaller(), 'fr')
  expect(await redeemNotMe(token, newCaller(), 'fr')).toEqual({ ok: true, value: 'blocked' })
  const client = await db()
  const late = async (wait: string) =>
    client.$executeRaw`UPDATE "Mail" SET "nextAttemptAt" = now() + ${wait}::text::interval WHERE "kind" = 'address_change' AND "state" = 'waiting'`
  await late('1 hour')
  await deliverDueMail()
  expect(await undoBy(await mailedToken(owner, 'not-me'), owner.password)).toEqual({ ok: true, value: 'lifted' })
  await late('0')
  await deliverDueMail()
  expect(await mailboxOf({ email: asked })).toEqual([])
  expect(await peekLink('new-email', link)).toBe('replaced')
})

test('a block is over after 72 hours, and the present address counts', async () => {
  const { owner, token } = await movedAccount()
  await undoBy(token)
  await pass(71 * 60 + 59)
  expect(await logInAs(owner)).toMatchObject({ ok: false })
  await pass(1)
  expect(await logInAs(owner)).toMatchObject({ ok: true })
  await askForResetAs(owner)
  expect(await peekLink('reset-password', await mailedToken(owner, 'reset-password'))).toBe('live')
  expect(await undoBy(token, owner.password)).toMatchObject({ code: 'link_unusable' })
})

test('a link blocks once, also when the block was lifted, and with the password it still moves the account back', async () => {
  const { former, owner, token } = await movedAccount()
  expect(await undoBy(token)).toEqual({ ok: true, value: 'blocked' })
  expect(await undoBy(token)).toEqual({ ok: false, code: 'link_unusable' })
  await undoBy(await mailedToken(owner, 'not-me'), owner.password)
  const session = await sessionOf(owner)
  expect(await undoBy(token)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await findSession(session)).not.toBeNull()
  expect(await undoBy(token, former.password)).toEqual({ ok: true, value: 'restored' })
  expect(await findSession(session)).toBeNull()
})

test('the fifth wrong password ends a link', async () => {
  const { owner, token } = await movedAccount()
  for (let guesses = 1; guesses < 5; guesses += 1)
    expect(await undoBy(token, 'Wr0ng one, surely')).toEqual({
      ok: false,
      code: 'wrong_password',
      attemptsLeft: 5 - guesses,
    })
  expect(await undoBy(token, 'Wr0ng one, surely')).toEqual({ ok: false, code: 'link_unusable' })
  expect(await peekLink('not-me', token)).toBe('too_many_attempts')
  for (const password of [null, owner.password])
    expect(await undoBy(token, password)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await logInAs(owner)).toMatchObject({ ok: true })
})

test('the password from before the change moves an account back, and so does that from before the first', async () => {
  const changed = await joinAs()
  await withEmail(await withPassword(changed, newPassword))
  expect(await undoBy(await mailedToken(changed, 'not-me'), newPassword)).toEqual({ ok: true, value: 'restored' })

  const owner = await joinAs()
  await withEmail(await withPassword(await withPassword(owner, 'An0ther’s choice'), 'Yet an0ther choice'))
  const token = await mailedToken(owner, 'not-me')
  expect(await undoBy(token, 'An0ther’s choice')).toEqual({ ok: false, code: 'wrong_password', attemptsLeft: 4 })
  expect(await undoBy(token, owner.password)).toEqual({ ok: true, value: 'restored' })
})

test('it is the password that the holder of the mailbox made by a reset, where they made one', async () => {
  const owner = await joinAs()
  await redeem(await resetTokenOf(owner), owner)
  await withEmail(await withPassword({ ...owner, password: newPassword }, 'An0ther’s choice'))
  const token = await mailedToken(owner, 'not-me')
  expect(await undoBy(token, owner.password)).toEqual({ ok: false, code: 'wrong_password', attemptsLeft: 4 })
  expect(await undoBy(token, newPassword)).toEqual({ ok: true, value: 'restored' })
})

test('whoever had the account moved back to them cannot end the link of the owner by one that can only block', async () => {
  const { former: owner, owner: thief, token } = await movedAccount()
  await undoBy(token, owner.password)
  await redeem(await mailedToken(owner, 'reset-password'), owner)
  const objection = await mailedToken(thief, 'not-me')
  await (await db()).rateLimit.deleteMany()
  await withEmail({ ...owner, password: newPassword }, thief.email)
  const again = await mailedToken(owner, 'not-me')
  await undoBy(objection)
  expect(await undoBy(again, newPassword)).toEqual({ ok: true, value: 'restored' })
})

test('a link that could only block does not take the place of one that asks for the password', async () => {
  const { former, owner, token } = await movedAccount()
  await undoBy(token, former.password)
  await redeem(await mailedToken(former, 'reset-password'), former)
  const again = await withEmail({ ...former, password: newPassword }, owner.email)
  await withEmail(again)
  expect(await undoBy(await mailedToken(owner, 'not-me'), newPassword)).toEqual({ ok: true, value: 'restored' })
  expect(await idOf(owner)).toBeDefined()
})

test('a block and its end are recorded, and a block ends no request for the account to be closed', async () => {
  const { owner, token } = await movedAccount()
  const accountId = await idOf(owner)
  await undoBy(token)
  await undoBy(await mailedToken(owner, 'not-me'), owner.password)
  const events = await (await db()).event.findMany({
    where: { accountId, name: 'user_updated' },
    orderBy: { at: 'asc' },
  })
  expect(events.map(({ via }) => via)).toEqual(['change_email', 'not_me_block', 'not_me_lift'])
})

async function pass(minutes: number): Promise<void> {
  for (const statement of disputesPassed(minutes)) await (await db()).$executeRawUnsafe(statement)
}
