import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { peekLink } from '@/lib/accounts/peek-link'
import { db } from '@/lib/db/client'
import { mailTrouble } from '@/lib/mail/trouble'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { purge } from '@/lib/worker/retention'
import { redeem, withPassword } from '@/tests/support/accounts/changes'
import { getMail, passTime, tryAgain } from '@/tests/support/accounts/outbox'
import { askForLinkAs, askForResetAs, askToJoinAs, signUpAs } from '@/tests/support/accounts/people'
import { joinThrough, sentToken } from '@/tests/support/accounts/sent-mail'
import { newPassword, newPerson } from '@/tests/support/person'
import { type Behaviour, behaviours } from '@/tests/support/resend/behaviour'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
useService('postgres')

beforeEach(async () => {
  const client = await db()
  await client.mail.deleteMany()
  await client.rateLimit.deleteMany()
})

const deadKey = failure(401, 'validation_error', 'API key is invalid')

test.each<[string, Behaviour, number]>([
  ['a key is dead for two days', deadKey, 48 * 60],
  ['a domain is not verified for three hours', failure(403, 'validation_error', 'The domain is not verified.'), 180],
  ['the provider is down for 14 minutes', behaviours.serverError, 14],
  ['the provider is down for five hours', behaviours.serverError, 300],
  ['every connection breaks for a day', behaviours.acceptThenDestroy, 24 * 60],
])('while %s every mail is kept, and then brings a link that serves', async (_, fault, minutes) => {
  const [first, second] = [await joinThrough(resend), await joinThrough(resend)]
  resend.reset()
  resend.behave(fault)
  await askForResetAs(first)
  for (let step = 0; step < 8; step += 1) {
    await passTime(Math.floor(minutes / 8))
    await purge()
    await tryAgain()
    if (step === 0) await askForResetAs(second)
  }
  await passTime(60)
  const client = await db()
  expect(await client.mail.count({ where: { state: 'waiting', kind: 'password_reset' } })).toBe(2)

  resend.behave(behaviours.ok)
  await tryAgain()
  await tryAgain()
  expect(await client.mail.count({ where: { state: 'sent', kind: 'password_reset' } })).toBe(2)
  for (const person of [first, second]) {
    const mail = resend.mails.findLast(({ to }) => to.includes(person.email))
    const token = /reset-password\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
    expect(await peekLink('reset-password', token)).toBe('live')
    expect(await redeem(token, person)).toEqual({ ok: true })
  }
})

test('notices that waited for five days, decided or not, bring links that serve', async () => {
  const people = [await joinThrough(resend), await joinThrough(resend)]
  resend.reset()
  resend.behave(deadKey)
  for (const person of people) await withPassword(person, newPassword)
  for (let days = 0; days < 5; days += 1) {
    await passTime(24 * 60)
    await purge()
  }
  const client = await db()
  expect(await client.mail.count({ where: { state: 'waiting', template: null } })).toBe(1)
  resend.behave(behaviours.ok)
  await tryAgain()
  const notices = resend.mails.flatMap(({ text }) => /not-me\/([\w-]{43})/.exec(text)?.[1] ?? [])
  expect(await Promise.all(notices.map((token) => peekLink('not-me', token)))).toEqual(['live', 'live'])
})

test('a mail that nobody can use any more ends', async () => {
  resend.behave(deadKey)
  await signUpAs()
  await passTime(3 * 24 * 60 - 1)
  await tryAgain()
  expect(await getMail()).toMatchObject({ state: 'waiting' })
  await passTime(2)
  await tryAgain()
  expect(await getMail()).toMatchObject({ state: 'abandoned', data: null, message: null, sentTo: null })
})

test('the first mail that a dead key stops is the alarm, and readiness and doctor know; then one mail at a time is tried', async () => {
  const lines = spyOnLog()
  resend.behave(deadKey)
  for (let mails = 0; mails < 12; mails += 1) await askToJoinAs()
  await Promise.all([1, 2, 3, 4].map(() => deliverDueMail()))
  // Those that were on their way at the same moment.
  expect(resend.requests.length).toBeLessThanOrEqual(4)
  const tried = resend.requests.length
  expect(await mailTrouble()).toEqual({ reason: 'validation_error', since: expect.any(Date) })
  for (let probes = 1; probes <= 6; probes += 1) {
    await Promise.all([1, 2, 3, 4].map(() => deliverDueMail()))
    await (await db()).$executeRaw`UPDATE "MailTrouble" SET "probeAt" = now()`
    await Promise.all([1, 2, 3, 4].map(() => deliverDueMail()))
    expect(resend.requests).toHaveLength(tried + probes)
  }
  expect(lines('mail_refused')).toMatchObject([{ reason: 'validation_error' }])
  expect(lines('mail_unavailable')).toEqual([])

  resend.behave(behaviours.ok)
  await tryAgain()
  expect(resend.mails).toHaveLength(12)
  expect(await mailTrouble()).toBeNull()
  expect(lines('mail_recovered')).toMatchObject([{ reason: 'validation_error' }])
})

test('a provider that is down is an alarm at the third fault in a row, and no fault of the configuration', async () => {
  const lines = spyOnLog()
  resend.behave([behaviours.serverError, behaviours.serverError])
  await signUpAs()
  await tryAgain()
  await tryAgain()
  expect(resend.mails).toHaveLength(1)
  resend.behave(behaviours.serverError)
  await signUpAs()
  for (let tries = 0; tries < 5; tries += 1) await tryAgain()
  expect(lines('mail_unavailable')).toMatchObject([{ reason: 'internal_server_error' }])
  expect(await mailTrouble()).toBeNull()
  resend.behave(deadKey)
  await tryAgain()
  resend.behave(behaviours.serverError)
  await tryAgain()
  expect(await mailTrouble()).toMatchObject({ reason: 'validation_error' })
  expect(lines('mail_refused')).toHaveLength(1)
})

test('a mail that is at fault itself is no trouble, and shows that there is none any more', async () => {
  resend.behave([deadKey, behaviours.invalid])
  await signUpAs()
  await tryAgain()
  expect(await getMail()).toMatchObject({ state: 'abandoned' })
  expect(await mailTrouble()).toBeNull()
})

test.each<[string, Behaviour]>([
  ['a refusal that nobody foresaw', failure(403, 'unheard_of', 'No.')],
  ['a server error', behaviours.serverError],
])('mails that always meet %s hold up no other', async (_, fault) => {
  resend.behave(({ body }) => (body.includes('cause-') ? fault : behaviours.ok))
  for (let causes = 0; causes < 4; causes += 1)
    await askToJoinAs(newPerson({ email: `cause-${causes}@mail${causes}.example` }))
  for (let minutes = 0; minutes < 15; minutes += 1) {
    await passTime(1)
    await deliverDueMail()
  }
  const others = [await askToJoinAs(), await askToJoinAs()]
  for (let minutes = 0; minutes < 15; minutes += 1) {
    await passTime(1)
    await deliverDueMail()
  }
  expect(resend.mails.map(({ to }) => to)).toEqual(others.map(({ email }) => [email]))
})

test('what a mail hands over is kept without its token and e-mail, and is not there any more when it has ended', async () => {
  const person = await joinThrough(resend)
  resend.reset()
  resend.behave([behaviours.acceptThenDestroy])
  await askForResetAs(person)
  const client = await db()
  const kept = await getMail()
  expect(kept.message).toContain('reset-password/')
  const token = sentToken(resend, 'reset-password')
  expect(JSON.stringify(kept)).not.toContain(token)
  expect(kept.message).not.toContain(person.email)
  await tryAgain()
  expect(resend.requests.map(({ body }) => body.includes(token))).toEqual([true, true])
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
  expect(await client.mail.findMany({ where: { NOT: { message: null } } })).toEqual([])
})

test('whatever is deployed between two attempts, the second hands over the bytes of the first', async () => {
  resend.behave([behaviours.acceptThenDestroy])
  await signUpAs()
  deploy({ MAIL_FROM: 'Other <other@metamots.example>', APP_URL: 'http://localhost:4321' })
  await tryAgain()
  expect(new Set(resend.requests.map(({ body }) => body)).size).toBe(1)
  expect(await getMail()).toMatchObject({ state: 'sent', providerId: resend.mails[0]?.id })
})

test('a mail that was kept with a sender who is refused by now goes out with the one of today', async () => {
  const lines = spyOnLog()
  resend.behave([behaviours.serverError])
  await signUpAs()
  deploy({ MAIL_FROM: 'Other <other@metamots.example>' })
  resend.behave(({ body }) =>
    body.includes('other@') ? behaviours.ok : failure(403, 'validation_error', 'Not verified.'),
  )
  await tryAgain()
  await tryAgain()
  expect(resend.mails.map(({ from }) => from)).toEqual(['Other <other@metamots.example>'])
  expect(lines('mail_refused')).toEqual([])
})

test('a mail that a former release has tried, and kept nothing of, goes out', async () => {
  resend.behave([behaviours.serverError])
  const person = newPerson()
  await signUpAs(person)
  await (await db()).mail.updateMany({ data: { message: null } })
  await tryAgain()
  expect(resend.mails.map(({ to }) => to)).toEqual([[person.email]])
})

test('what strangers typed waits for three days at most while the provider is in trouble', async () => {
  resend.behave(deadKey)
  await signUpAs()
  await askForLinkAs(newPerson())
  await passTime(3 * 24 * 60 + 1)
  await purge()
  expect(await (await db()).mail.findMany({ where: { kind: 'password_reset' } })).toMatchObject([
    { state: 'abandoned', data: null },
  ])
})

test('what was decided is wiped when it is of no more use, though the provider is in trouble and nobody takes it up', async () => {
  resend.behave([deadKey, deadKey])
  await signUpAs()
  await askToJoinAs()
  const client = await db()
  await client.mail.updateMany({ where: { template: null }, data: { kind: 'of_another_release' } })
  await client.$executeRaw`UPDATE "MailTrouble" SET "probeAt" = now() + interval '1 year'`
  await passTime(7 * 24 * 60 - 1)
  await purge()
  expect(await client.mail.count({ where: { state: 'waiting' } })).toBe(2)
  await passTime(2)
  await purge()
  const wiped = { state: 'abandoned', data: null, sentTo: null, message: null, recipient: null, network: null }
  expect(await client.mail.findMany()).toMatchObject([wiped, wiped])
})

/** As if the service had been started again with other settings, until the test ends. */
function deploy(settings: Record<string, string>): void {
  const forget = () => Reflect.deleteProperty(globalThis, '__metamotsEnv')
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  forget()
  onTestFinished(() => {
    vi.unstubAllEnvs()
    forget()
  })
}

function failure(status: number, name: string, message: string): Behaviour {
  return { kind: 'fail', failure: { status, name, message } }
}

function spyOnLog(): (event: string) => Record<string, unknown>[] {
  const written = vi.spyOn(process.stdout, 'write')
  return (event) => written.mock.calls.map(([line]) => JSON.parse(String(line))).filter((line) => line.event === event)
}
