import { expect, test } from 'vitest'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { peekLink } from '@/lib/accounts/peek-link'
import { db } from '@/lib/db/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { idOf, logInAs, movedAccount, redeem, resetTokenOf, undoBy } from '@/tests/support/accounts/changes'
import { askForLinkAs, mailboxOf, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPassword } from '@/tests/support/person'
import { inOrder } from '@/tests/support/postgres/held-credentials'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test('of eight who block at once by one link, one does, and one mail comes', async () => {
  const { owner, token } = await movedAccount()
  const block = () => redeemNotMe(token, newCaller(), 'fr')
  const results = await Promise.all(Array.from({ length: 8 }, block))
  expect(results.filter(({ ok }) => ok)).toEqual([{ ok: true, value: 'blocked' }])
  await deliverDueMail()
  const accountId = await idOf(owner)
  expect(await (await db()).mail.count({ where: { accountId, template: 'account_disputed' } })).toBe(1)
  expect(await peekLink('not-me', token)).toBe('live')
})

test('a sign-in that waits for a block to be made comes to nothing', async () => {
  const { owner, token } = await movedAccount()
  const [blocked, signedIn] = await inOrder(
    owner.email,
    () => redeemNotMe(token, newCaller(), 'fr'),
    () => logInAs(owner),
  )
  expect([blocked, signedIn]).toMatchObject([{ value: 'blocked' }, { code: 'invalid_credentials' }])
  expect(await (await db()).session.count({ where: { accountId: await idOf(owner) } })).toBe(0)
})

test('a sign-in that a block waits for is ended by it', async () => {
  const { owner, token } = await movedAccount()
  const [signedIn, blocked] = await inOrder(
    owner.email,
    () => logInAs(owner),
    () => redeemNotMe(token, newCaller(), 'fr'),
  )
  expect([signedIn, blocked]).toMatchObject([{ ok: true }, { value: 'blocked' }])
  expect(await (await db()).session.count({ where: { accountId: await idOf(owner) } })).toBe(0)
})

test('a reset that waits for a block does not happen, and one that a block waits for does', async () => {
  for (const isFirst of [true, false]) {
    const { owner, token } = await movedAccount()
    const reset = await resetTokenOf(owner)
    const block = () => redeemNotMe(token, newCaller(), 'fr')
    const use = () => redeem(reset, owner)
    if (isFirst) expect((await inOrder(owner.email, block, use))[1]).toMatchObject({ code: 'link_unusable' })
    else expect((await inOrder(owner.email, use, block))[0]).toEqual({ ok: true })
    await deliverDueMail()
    expect(await logInAs({ ...owner, password: newPassword })).toMatchObject({ ok: false })
    const password = isFirst ? owner.password : newPassword
    expect(await undoBy(await mailedToken(owner, 'not-me'), password)).toEqual({ ok: true, value: 'lifted' })
    expect(await logInAs({ ...owner, password })).toMatchObject({ ok: true })
  }
})

test('a reset link that would be made just after a block is not made', async () => {
  const { owner, token } = await movedAccount()
  await askForLinkAs(owner)
  const block = () => redeemNotMe(token, newCaller(), 'fr')
  await inOrder(owner.email, block, deliverDueMail)
  await deliverDueMail()
  expect((await mailboxOf(owner)).map(({ text }) => text).join()).not.toContain('/reset-password/')
})

test('whoever takes the account back and whoever ends its block at once, in either order: it is taken back', async () => {
  for (const isFirst of [true, false]) {
    const { former, owner, token } = await movedAccount()
    await undoBy(token)
    const later = await mailedToken(owner, 'not-me')
    const restore = () => redeemNotMe(token, newCaller(), 'fr', former.password)
    const lift = () => redeemNotMe(later, newCaller(), 'fr', owner.password)
    const results = await (isFirst ? inOrder(owner.email, restore, lift) : inOrder(owner.email, lift, restore))
    expect(results.map((result) => (result.ok ? result.value : result.code))).toEqual(
      isFirst ? ['restored', 'link_unusable'] : ['lifted', 'restored'],
    )
    expect(await idOf(former)).toBeDefined()
    expect(await logInAs({ ...owner, email: former.email })).toMatchObject({ code: 'invalid_credentials' })
  }
})
