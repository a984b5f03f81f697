import { expect, test } from 'vitest'
import { redeemEmailChange } from '@/lib/accounts/change-email'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { peekLink } from '@/lib/accounts/peek-link'
import { db, isOverload } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { askForEmail, idOf, logInAs, withPassword } from '@/tests/support/accounts/changes'
import { askForLinkAs, joinAs, mailboxOf, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { inOrder } from '@/tests/support/postgres/held-credentials'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('a reset link made while the address changes goes to the address it was made for, and is dead', async () => {
  const { person, token } = await aboutToMove()
  await askForLinkAs(person)
  const change = () => redeemEmailChange(token, person.password, newCaller(), 'fr')
  const [, changed] = await inOrder(person.email, deliverDueMail, change)
  expect(changed).toEqual({ ok: true })
  await deliverDueMail()

  const reset = await mailedToken(person, 'reset-password')
  expect(await peekLink('reset-password', reset)).toBe('address_changed')
  expect(await strayLinks()).toEqual([])
})

test('a reset link that would be made just after the address changed is not made', async () => {
  const { person, token } = await aboutToMove()
  await askForLinkAs(person)
  const before = (await mailboxOf(person)).length
  const change = () => redeemEmailChange(token, person.password, newCaller(), 'fr')
  const [changed] = await inOrder(person.email, change, deliverDueMail)
  expect(changed).toEqual({ ok: true })
  await deliverDueMail()

  const mails = await mailboxOf(person)
  expect(mails).toHaveLength(before + 1)
  expect(mails.map(({ text }) => text).join()).not.toContain('/reset-password/')
  expect(await strayLinks()).toEqual([])
})

test('of changes of address and reset links made at once, in any order, no live link is left at a former address', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { person, token } = await aboutToMove()
    await askForLinkAs(person)
    await Promise.all([deliverDueMail(), redeemEmailChange(token, person.password, newCaller(), 'fr')])
    await deliverDueMail()
  }
  expect(await strayLinks()).toEqual([])
})

test('of 32 uses of one link “this was not me” at once, one serves', async () => {
  const owner = await joinAs()
  await withPassword(owner, 'An0ther’s choice')
  const token = await mailedToken(owner, 'not-me')
  const use = () => redeemNotMe(token, newCaller(), 'fr').catch(ifOverloaded)
  const results = await Promise.all(Array.from({ length: 32 }, use))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  await deliverDueMail()
  const accountId = await idOf(owner)
  const client = await db()
  expect(await client.event.count({ where: { accountId, name: 'authn_password_change', via: 'not_me' } })).toBe(1)
  expect(await client.mail.count({ where: { accountId, template: 'account_secured' } })).toBe(1)
})

test('a sign-in with the password that is made useless at the same moment leaves no session', async () => {
  for (let round = 0; round < 10; round += 1) {
    const owner = await joinAs()
    const thief = await withPassword(owner, 'An0ther’s choice')
    const token = await mailedToken(owner, 'not-me')
    await Promise.all([redeemNotMe(token, newCaller(), 'fr'), logInAs(thief), logInAs(thief)])
  }
  const stale = await (await db()).$queryRaw`
    SELECT 1 FROM "Session" s JOIN "Credential" c USING ("accountId") WHERE s."credentialVersion" < c."version"`
  expect(stale).toEqual([])
})

/** On a busy machine some of many wait for a connection in vain: nothing has been done for them. Any other error is one. */
function ifOverloaded(error: unknown) {
  if (!isOverload(error)) throw error
  return { ok: false }
}

/** Somebody with a confirmed address who need only follow the link to another one. */
async function aboutToMove(): Promise<{ person: Person; token: string }> {
  const person = await joinAs()
  const { email } = newPerson()
  await askForEmail(person, email)
  return { person, token: await mailedToken({ email }, 'new-email') }
}

/** Live reset links that were mailed to another address than that of their account. */
async function strayLinks(): Promise<unknown[]> {
  return (await db()).$queryRaw`
    SELECT t."sentTo" FROM "Token" t JOIN "Account" a ON a."id" = t."accountId"
    WHERE t."purpose" = 'password_reset' AND t."usedAt" IS NULL AND t."endedAt" IS NULL AND t."sentTo" <> a."email"`
}
