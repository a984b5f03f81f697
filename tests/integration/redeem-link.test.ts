import { expect, test } from 'vitest'
import { redeemEmailChange } from '@/lib/accounts/change-email'
import type { LinkPage } from '@/lib/accounts/mailed-links'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { redeemVerification } from '@/lib/accounts/verification'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import { randomToken } from '@/lib/secrets'
import { claimOf, newCaller } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

useService('embedded')

const details = { ...claimOf(newPerson()), newPassword: 'Un-n0uveau secret' }

const redeems: [LinkPage, string, (token: string | null, caller: Caller) => Promise<unknown>][] = [
  ['reset-password', 'password_reset', (token, caller) => redeemPasswordReset(token, details, caller, 'fr')],
  ['verify-email', 'verification', (token, caller) => redeemVerification(token, 'Any passw0rd', caller)],
  ['new-email', 'new_email', (token, caller) => redeemEmailChange(token, 'Any passw0rd', caller, 'fr')],
  ['not-me', 'not_me', (token, caller) => redeemNotMe(token, caller, 'fr')],
]

test.each(redeems)('a network may try links to %s ten times in a quarter of an hour', async (_page, _via, redeem) => {
  const caller = newCaller()
  for (let tries = 0; tries < 10; tries += 1)
    expect(await redeem(randomToken(), caller)).toEqual({ ok: false, code: 'link_unusable' })
  expect(await redeem(randomToken(), caller)).toMatchObject({
    ok: false,
    code: 'too_many_requests',
    waitSeconds: expect.any(Number),
  })
  expect(await redeem(randomToken(), newCaller())).toEqual({ ok: false, code: 'link_unusable' })
})

test.each(redeems)(
  'a try of a link to %s that is none, or dead, is recorded as what it is',
  async (_page, via, redeem) => {
    const client = await db()
    await client.event.deleteMany()
    for (const token of [null, 'x', randomToken()]) await redeem(token, newCaller())
    const events = await client.event.findMany({ select: { name: true, via: true }, orderBy: { at: 'asc' } })
    expect(events).toEqual(['sequence_fail', 'sequence_fail', 'authn_token_reuse'].map((name) => ({ name, via })))
  },
)
