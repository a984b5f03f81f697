import { randomBytes } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession } from '@/lib/accounts/sessions'
import { redeemVerification } from '@/lib/accounts/verification'
import { sha256 } from '@/lib/secrets'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { loggedIn, redeem, resetTokenOf, sessionOf } from '@/tests/support/accounts/changes'
import {
  askForLinkAs,
  askForResetAs,
  askToJoinAs,
  joinAs,
  mailedToken,
  mailedTokens,
  newCaller,
  signUpAs,
} from '@/tests/support/accounts/people'
import { newPassword, newPerson } from '@/tests/support/person'
import { dump } from '@/tests/support/postgres/dump'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

afterEach(forgetEnv)

test('no password and no token rests anywhere, at no moment of a journey, nor is one logged', async () => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const person = newPerson()
  const rows: Record<string, unknown>[] = []
  const look = async () => rows.push(...(await dump()).filter(({ table }) => table !== '_prisma_migrations'))

  await signUpAs(person)
  await askToJoinAs({ ...person, password: 'An0ther secret!' })
  await look()
  await deliverDueMail()
  const verification = await mailedToken(person, 'verify-email')
  await look()
  await redeemVerification(verification, 'An0ther secret!', newCaller())
  const first = await loggedIn({ ...person, password: 'An0ther secret!' })
  await askForLinkAs(person)
  await look()
  await deliverDueMail()
  const reset = await mailedToken(person, 'reset-password')
  await look()
  await redeem(reset, person)
  await look()
  const second = await loggedIn({ ...person, password: newPassword })
  await deliverDueMail()
  await look()

  const tokens = [verification, reset, first.session, second.session]
  const secrets = [...tokens, first.mark, second.mark, person.password, 'An0ther secret!', newPassword]
  const everything = JSON.stringify(rows)
  const logged = log.mock.calls.flat().join()
  for (const secret of secrets) {
    expect(everything).not.toContain(secret)
    expect(logged).not.toContain(secret)
  }
  expect(logged).toContain('authn_password_change')
  expect(logged).not.toContain(person.email)
  // That the search finds what is there: the address, and the digests of these tokens under their own name only.
  expect(everything).toContain(person.email)
  const digests = new Set(rows.map(({ tokenHash }) => tokenHash).filter((digest) => digest !== undefined))
  for (const token of tokens) expect(digests).toContain(sha256(token))
  const rest = JSON.stringify(rows, (name, value) => (/^(token|password)Hash$/.test(name) ? undefined : value))
  expect(rest.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'id').match(/[\w-]{43,}|\$argon2/g)).toBeNull()
})

test('a link of one purpose does not serve the other', async () => {
  const person = await signUpAs()
  const verification = await mailedToken(person, 'verify-email')
  expect(await peekLink('reset-password', verification)).toBe('unknown')
  expect(await redeem(verification, person)).toMatchObject({ code: 'link_unusable' })
  expect(await redeemVerification(verification, person.password, newCaller())).toMatchObject({ ok: true })
  const reset = await resetTokenOf(person)
  expect(await peekLink('verify-email', reset)).toBe('unknown')
  expect(await redeemVerification(reset, person.password, newCaller())).toMatchObject({ code: 'link_unusable' })
  expect(await peekLink('reset-password', reset)).toBe('live')
})

test('while the former secret is known, its links serve and are mailed again', async () => {
  const former = rotate(null)
  const person = await joinAs()
  const early = await resetTokenOf(person)
  rotate(former)
  await askForResetAs(person)
  expect(await mailedTokens(person, 'reset-password')).toEqual([early, early])
  expect(await redeem(early, person)).toEqual({ ok: true })
})

test('when the former secret is forgotten, its links serve but are replaced by whoever asks again', async () => {
  rotate(null)
  const [person, other] = [await joinAs(), await joinAs()]
  for (const each of [person, other]) await askForResetAs(each)
  const [early, others] = [await mailedToken(person, 'reset-password'), await mailedToken(other, 'reset-password')]
  rotate(null)
  const late = await resetTokenOf(person)
  expect(late).not.toBe(early)
  expect(await peekLink('reset-password', early)).toBe('replaced')
  expect(await redeem(early, person)).toMatchObject({ code: 'link_unusable' })
  expect(await redeem(late, person)).toEqual({ ok: true })
  expect(await redeem(others, other)).toEqual({ ok: true })
})

test('sessions outlive a rotation', async () => {
  rotate(null)
  const person = await joinAs()
  const session = await sessionOf(person)
  rotate(null)
  expect(await findSession(session)).toMatchObject({ email: person.email })
})

/** A new secret for this process from now on, with or without a former one. Returns the new one. */
function rotate(former: string | null): string {
  const secret = randomBytes(32).toString('base64')
  vi.stubEnv('APP_SECRET', secret)
  vi.stubEnv('APP_SECRET_PREVIOUS', former ?? undefined)
  forgetEnv()
  return secret
}

function forgetEnv(): void {
  delete (globalThis as { __metamotsEnv?: unknown }).__metamotsEnv
}
