import { randomBytes } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { signUpSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { peekPasswordReset, redeemPasswordReset, requestPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { signUp } from '@/lib/accounts/sign-up'
import { peekVerification, redeemVerification } from '@/lib/accounts/verification'
import { sha256 } from '@/lib/keys'
import { dump } from '@/tests/support/dump'
import { askForReset, claimOf, join, mailedToken, mailsTo, newCaller, signUpAs } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('postgres')

afterEach(forgetEnv)

test('no password and no token rests anywhere, at no moment of a journey, nor is one logged', async () => {
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const person = newPerson()
  const newPassword = 'Un-n0uveau secret'
  const rows: Record<string, unknown>[] = []
  const look = async () => rows.push(...(await dump()))

  await signUpAs(person)
  await signUp(signUpSchema.parse({ ...person, password: 'An0ther secret!' }), newCaller(), 'fr')
  await look()
  await deliverDueMail()
  const verification = await mailedToken(person, 'verify-email')
  await look()
  await redeemVerification(verification, newCaller())
  const first = await logInAs({ ...person, password: 'An0ther secret!' })
  await requestPasswordReset(claimOf(person), newCaller(), 'fr')
  await look()
  await deliverDueMail()
  const reset = await mailedToken(person, 'reset-password')
  await look()
  await redeemPasswordReset(reset, { ...claimOf(person), newPassword }, newCaller(), 'fr')
  await look()
  const second = await logInAs({ ...person, password: newPassword })
  await deliverDueMail()
  await look()

  const tokens = [verification, reset, first.session, second.session]
  const secrets = [...tokens, first.device, second.device, person.password, 'An0ther secret!', newPassword]
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
  const person = newPerson()
  await signUpAs(person)
  const verification = await mailedToken(person, 'verify-email')
  expect(await peekPasswordReset(verification)).toBe('unknown')
  expect(await redeem(verification, person)).toMatchObject({ code: 'link_unusable' })
  expect(await redeemVerification(verification, newCaller())).toMatchObject({ ok: true })
  await askForReset(person)
  const reset = await mailedToken(person, 'reset-password')
  expect(await peekVerification(reset)).toBe('unknown')
  expect(await redeemVerification(reset, newCaller())).toMatchObject({ code: 'link_unusable' })
  expect(await peekPasswordReset(reset)).toBe('live')
})

test('while the former secret is known, its links serve and are mailed again', async () => {
  const former = rotate(null)
  const person = await join(newPerson())
  await askForReset(person)
  const early = await mailedToken(person, 'reset-password')
  rotate(former)
  await askForReset(person)
  expect(await resetTokensOf(person)).toEqual([early, early])
  expect(await redeem(early, person)).toEqual({ ok: true })
})

test('when the former secret is forgotten, its links serve but are replaced by whoever asks again', async () => {
  rotate(null)
  const [person, other] = [await join(newPerson()), await join(newPerson())]
  for (const each of [person, other]) await askForReset(each)
  const [early, others] = [await mailedToken(person, 'reset-password'), await mailedToken(other, 'reset-password')]
  rotate(null)
  await askForReset(person)
  const late = await mailedToken(person, 'reset-password')
  expect(late).not.toBe(early)
  expect(await peekPasswordReset(early)).toBe('replaced')
  expect(await redeem(early, person)).toMatchObject({ code: 'link_unusable' })
  expect(await redeem(late, person)).toEqual({ ok: true })
  expect(await redeem(others, other)).toEqual({ ok: true })
})

test('sessions outlive a rotation', async () => {
  rotate(null)
  const person = await join(newPerson())
  const { session } = await logInAs(person)
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

function redeem(token: string, person: Person) {
  return redeemPasswordReset(token, { ...claimOf(person), newPassword: 'Un-n0uveau secret' }, newCaller(), 'fr')
}

async function logInAs({ email, password }: Person) {
  const presented = { session: null, device: null }
  const result = await logIn({ identifier: email, password, locale: 'fr' }, newCaller(), presented)
  if (!result.ok) throw new Error(result.code)
  return result.value
}

async function resetTokensOf(person: Person): Promise<string[]> {
  const texts = (await mailsTo(person)).map(({ text }) => text)
  return texts.flatMap((text) => /reset-password\/([\w-]{43})/.exec(text)?.[1] ?? [])
}
