import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { GET } from '@/app/api/cron/mail/route'
import { changePassword } from '@/lib/accounts/change-password'
import { signUpSchema } from '@/lib/accounts/input'
import { requestPasswordReset } from '@/lib/accounts/password-reset'
import { signUp } from '@/lib/accounts/sign-up'
import { redeemVerification, requestVerification } from '@/lib/accounts/verification'
import type { Caller } from '@/lib/caller'
import { db } from '@/lib/db/client'
import { leaseDueMail } from '@/lib/mail/outbox'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { askForEmail, redeem, signedIn } from '@/tests/support/accounts/changes'
import { pass } from '@/tests/support/accounts/limits'
import {
  askForConfirmationAs,
  askForLinkAs,
  askForResetAs,
  askToJoinAs,
  claimOf,
  newCaller,
  signUpAs,
} from '@/tests/support/accounts/people'
import { joinThrough, sentToken } from '@/tests/support/accounts/sent-mail'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { behaviours } from '@/tests/support/resend/behaviour'
import { useResend, useService } from '@/tests/support/vitest/use-service'

const resend = await useResend()
process.env.CRON_SECRET = randomBytes(32).toString('base64')
useService('postgres')

beforeEach(async () => {
  const client = await db()
  await client.mail.deleteMany()
  await client.rateLimit.deleteMany()
})

test('a reset and a notice are sent before all confirmations that wait', async () => {
  const [owner, other] = [await joinThrough(resend), await joinThrough(resend)]
  for (let mails = 0; mails < 12; mails += 1) await askToJoinAs()
  await askForLinkAs(owner)
  await changeTo(other, newPassword)
  await deliverDueMail()
  expect(resend.mails).toHaveLength(14)
  expect(recipients().slice(0, 2)).toEqual([owner.email, other.email])
})

test('word that the details did not match comes after what somebody needs', async () => {
  const [owner, other] = [await joinThrough(resend), await joinThrough(resend)]
  await askForLinkAs(owner, { lastName: 'Mallory' })
  const joining = await askToJoinAs()
  await askForLinkAs(other)
  await deliverDueMail()
  expect(recipients()).toEqual([other.email, joining.email, owner.email])
})

test('of one account five mails a day come first, and then they come with those of all', async () => {
  let restless = await joinThrough(resend)
  for (let changes = 0; changes < 8; changes += 1) {
    if (changes === 5) await pass(null, 3_600)
    await changeTo(restless, `${newPassword}${changes}`)
    restless = { ...restless, password: `${newPassword}${changes}` }
  }
  const joining = [await askToJoinAs(), await askToJoinAs(), await askToJoinAs()].map(({ email }) => email)
  await deliverDueMail()
  const own = (count: number) => Array<string>(count).fill(restless.email)
  expect(recipients()).toEqual([...own(5), ...joining, ...own(3)])
})

test('however many mails one network waits for, those of another come next', async () => {
  const caller = newCaller()
  for (let mails = 0; mails < 40; mails += 1) await joinFrom(caller)
  const other = await joinFrom(newCaller())
  await deliverDueMail()
  expect(recipients()).toHaveLength(41)
  expect(recipients().indexOf(other.email)).toBe(1)
})

test('the networks of one /48 are one when mails wait', async () => {
  for (let mails = 0; mails < 40; mails += 1) await joinFrom({ ...newCaller(), network: `2001:db8:7:${mails}::/64` })
  const other = await joinFrom({ ...newCaller(), network: '2001:db8:8:0::/64' })
  await deliverDueMail()
  expect(recipients().indexOf(other.email)).toBe(1)
})

test('however many networks ask for one mailbox, the mails of another come next', async () => {
  const { email } = newPerson()
  const [local, domain] = email.split('@')
  for (let tag = 0; tag < 3; tag += 1) await askToJoinAs(newPerson({ email: `${local}+${tag}@${domain}` }))
  const other = await askToJoinAs()
  await deliverDueMail()
  expect(recipients()).toHaveLength(4)
  expect(recipients().indexOf(other.email)).toBe(1)
})

test('a sweep ends when its time is over, and what it did not come to keeps its place', async () => {
  for (let mails = 0; mails < 9; mails += 1) await askToJoinAs()
  resend.behave(behaviours.delay(200))
  const taken = await deliverDueMail(0, 500)
  expect(taken).toBeGreaterThan(0)
  expect(taken).toBeLessThan(5)
  const client = await db()
  expect(await client.mail.count({ where: { state: 'waiting', attempts: 0, leasedUntil: null } })).toBe(9 - taken)
  resend.behave(behaviours.ok)
  expect(await deliverDueMail()).toBe(9 - taken)
})

test('a mailbox gets eight mails a day that strangers can cause, with whichever tags and by whichever form', async () => {
  const owner = await joinThrough(resend)
  await pass(null, 86_400)
  const [local, domain] = owner.email.split('@')
  for (let tag = 0; tag < 4; tag += 1) await signUpAs(newPerson({ email: `${local}+${tag}@${domain}` }))
  for (let times = 0; times < 4; times += 1) await signUpAs(owner)
  for (let request = 0; request < 3; request += 1) {
    await askForResetAs(owner, { lastName: 'Mallory' })
    await pass(null, 60)
  }
  const stranger = await joinThroughLater()
  for (const tag of ['x', 'y+z']) await askForEmail(stranger, `${local}+${tag}@${domain}`)
  await expect(askForEmail(stranger, owner.email)).rejects.toThrow('no_mail_today')
  expect(mailsToBox(local ?? '')).toHaveLength(8)

  await askForResetAs(owner)
  expect(mailsToBox(local ?? '')).toHaveLength(9)
  await pass(null, 86_400)
  await signUpAs(owner)
  expect(mailsToBox(local ?? '')).toHaveLength(10)
})

test('what is left for the tags of a mailbox does not tell whether its e-mail has an account', async () => {
  const left: number[] = []
  for (const { email } of [await joinThroughLater(), newPerson()]) {
    await pass(null, 86_400)
    const [local, domain] = email.split('@')
    const before = mailsToBox(`${local}+x`).length
    for (let times = 0; times < 3; times += 1) await signUpAs(newPerson({ email }))
    await signUpAs(newPerson({ email: `${local}+x@${domain}` }))
    left.push(mailsToBox(`${local}+x`).length - before)
  }
  expect(left).toEqual([1, 1])
})

test('whatever mails strangers have sent to a mailbox, whoever signs up with it gets their link', async () => {
  const [person, stranger] = [newPerson(), await joinThroughLater()]
  const [local, domain] = person.email.split('@')
  for (const tag of ['a', 'b', 'c', 'd', 'e', 'f']) await signUpAs(newPerson({ email: `${local}+${tag}@${domain}` }))
  for (let request = 0; request < 2; request += 1) await askForEmail(stranger, person.email)
  for (let request = 0; request < 4; request += 1) await askForResetAs(person)
  await signUpAs(person)
  expect(sentToken(resend, 'verify-email')).toMatch(/^[\w-]{43}$/)
  expect(resend.mails.at(-1)?.to).toEqual([person.email])
})

test('whoever gives the five fields gets a mail within the hour, however often others gave them before', async () => {
  const owner = await joinThrough(resend)
  const client = await db()
  for (let hours = 0; hours < 9; hours += 1) {
    for (let requests = 0; requests < 12; requests += 1) await askForResetAs(owner)
    const waiting = await client.mail.findMany({ where: { state: 'waiting' } })
    expect(waiting.length, 'at most one of them waits').toBeLessThanOrEqual(1)
    const before = resend.mails.length
    await letPass(3_600)
    if (waiting.length > 0) expect(resend.mails.length).toBe(before + 1)
  }
  expect(resend.mails.length).toBeGreaterThanOrEqual(9)
  expect(resend.mails.length).toBeLessThanOrEqual(20)
  expect(await client.mail.count({ where: { state: 'abandoned' } })).toBe(0)
})

test('a second reset request within a minute is answered when the minute is over, a third with it', async () => {
  const owner = await joinThrough(resend)
  for (let requests = 0; requests < 3; requests += 1) await askForResetAs(owner)
  expect(resend.mails).toHaveLength(1)
  await letPass(30)
  expect(resend.mails).toHaveLength(1)
  await letPass(30)
  expect(resend.mails).toHaveLength(2)
  await letPass(3_600)
  expect(resend.mails).toHaveLength(2)
})

test('whoever asks anew within a minute, after five wrong answers to the link, gets another when the minute is over', async () => {
  const owner = await joinThrough(resend)
  await askForResetAs(owner)
  const token = sentToken(resend, 'reset-password')
  for (let answers = 0; answers < 5; answers += 1) await redeem(token, { ...owner, lastName: 'Mallory' })
  await askForResetAs(owner)
  await letPass(60)
  expect(await redeem(sentToken(resend, 'reset-password'), owner)).toEqual({ ok: true })
})

test('word that details did not match comes a minute after the last one, once for all who asked meanwhile', async () => {
  const owner = await joinThrough(resend)
  const mismatch = () => askForResetAs(owner, { lastName: 'Mallory' })
  for (let requests = 0; requests < 3; requests += 1) await mismatch()
  expect(subjects()).toEqual([notMatched])
  await letPass(60)
  expect(subjects()).toEqual([notMatched, notMatched])
  await letPass(3_600)
  expect(subjects()).toHaveLength(2)
})

test('a right request is held up by no wrong one that waits, and nothing more comes of that', async () => {
  const owner = await joinThrough(resend)
  for (let requests = 0; requests < 2; requests += 1) await askForResetAs(owner, { lastName: 'Mallory' })
  await askForResetAs(owner)
  await letPass(60)
  expect(subjects()).toEqual([notMatched, link])
})

test('a confirmation asked for again within a minute comes when the minute is over, once for all, and not to who confirmed', async () => {
  const [patient, quick] = [await askedTwice(), await askedTwice()]
  expect(resend.mails).toHaveLength(4)
  const [mail] = resend.mails.filter(({ to }) => to.includes(quick.email))
  const token = /verify-email\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
  expect(await redeemVerification(token, quick.password, newCaller())).toMatchObject({ ok: true })
  await letPass(60)
  expect(resend.mails).toHaveLength(5)
  expect(recipients().at(-1)).toBe(patient.email)
  await letPass(3_600)
  expect(resend.mails).toHaveLength(5)
})

test('what can come no more today is said beforehand, of whomever it is and whatever the details', async () => {
  const [owner, other] = [await joinThrough(resend), await joinThrough(resend)]
  await (await db()).rateLimit.deleteMany()
  const said = []
  for (const { person, lastName } of [
    { person: newPerson(), lastName: 'Dubois' },
    { person: owner, lastName: owner.lastName },
    { person: other, lastName: 'Mallory' },
  ]) {
    const answers: unknown[] = []
    for (let times = 0; times < 5; times += 1) {
      const reset = await requestPasswordReset(claimOf(person, { lastName }), newCaller(), 'fr')
      const joining = await signUp(signUpSchema.parse(person), newCaller(), 'fr')
      answers.push(...[reset, joining].map((answer) => answer.ok && answer.value.waitSeconds !== null))
    }
    const again = await requestVerification({ email: claimOf(person).email }, newCaller(), 'fr')
    said.push([...answers, again.ok || again.code])
  }
  expect(said[0]?.slice(4)).toEqual([false, false, true, true, true, true, 'no_mail_today'])
  expect(said[1]).toEqual(said[0])
  expect(said[2]).toEqual(said[0])
})

test('a request that was sent twice at once brings one mail', async () => {
  const owner = await joinThrough(resend)
  for (let requests = 0; requests < 3; requests += 1) await askForLinkAs(owner)
  await deliverDueMail()
  await letPass(60)
  await letPass(3_600)
  expect(resend.mails).toHaveLength(1)
  expect(await (await db()).mail.count({ where: { state: 'waiting' } })).toBe(0)
})

test('a reset request that waits comes to nothing once the password has been changed', async () => {
  const owner = await joinThrough(resend)
  await askForResetAs(owner)
  await askForResetAs(owner)
  expect(await redeem(sentToken(resend, 'reset-password'), owner)).toEqual({ ok: true })
  await letPass(60)
  expect(resend.mails.map(({ text }) => /reset-password\/|not-me\//.exec(text)?.[0])).toEqual([
    'reset-password/',
    'not-me/',
  ])
})

test('the scheduler has upkeep done before mail, however much of that waits', async () => {
  const client = await db()
  await client.rateLimit.create({ data: { key: 'over', hits: 1, endsAt: new Date(0) } })
  for (let mails = 0; mails < 3; mails += 1) await askToJoinAs()
  resend.behave([behaviours.delay(1_000)])
  const answer = callScheduler()
  await vi.waitFor(() => expect(resend.requests).toHaveLength(1), { timeout: 10_000, interval: 10 })
  expect(await client.rateLimit.count({ where: { key: 'over' } })).toBe(0)
  expect(await client.mail.count({ where: { state: 'sent' } })).toBe(0)
  expect(await (await answer).json()).toEqual({ taken: 3 })
})

test('mail is sent even when upkeep fails', async () => {
  const client = await db()
  await askToJoinAs()
  const complaints = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await client.$executeRaw`ALTER TABLE "WebhookReceipt" RENAME TO "Elsewhere"`
  const answer = await callScheduler()
  await client.$executeRaw`ALTER TABLE "Elsewhere" RENAME TO "WebhookReceipt"`
  expect(await answer.json()).toEqual({ taken: 1 })
  expect(complaints.mock.calls.join()).toContain('sweep_failed')
})

test('of many waiting mails the next are found without looking at all', async () => {
  const client = await db()
  for (let thousands = 0; thousands < 10; thousands += 1)
    await client.$executeRaw`
      INSERT INTO "Mail" ("id", "kind", "locale", "class", "network", "recipient")
      SELECT gen_random_uuid(), 'sign_up', 'fr', 2, 'n' || n, 'r' || n FROM generate_series(1, 10000) n`
  await client.$executeRaw`ANALYZE "Mail"`
  const person = await askToJoinAs()
  await client.$executeRaw`UPDATE "Mail" SET "placeAt" = now() - interval '1 day' WHERE "data" IS NOT NULL`
  const before = await readsOfAll()
  const [first] = await leaseDueMail(1)
  await askToJoinAs()
  expect(await readsOfAll()).toBe(before)
  expect(JSON.stringify(first)).toContain(person.email)
})

test('resets of an account do not use up the place of its notices', async () => {
  const person = await joinThrough(resend)
  const client = await db()
  for (let resets = 0; resets < 5; resets += 1) {
    await askForResetAs(person)
    await pass(null, 3_600)
  }
  await askForResetAs(person)
  await changeTo(person, newPassword)
  await deliverDueMail()
  const classes = await client.mail.findMany({ select: { kind: true, class: true }, orderBy: { createdAt: 'asc' } })
  expect(classes.filter(({ kind }) => kind === 'password_changed')).toEqual([{ kind: 'password_changed', class: 1 }])
  expect(classes.filter(({ kind }) => kind === 'password_reset').map(({ class: each }) => each)).toEqual([
    1, 1, 1, 1, 1, 2,
  ])
})

/** How often all mails were read one after the other. */
async function readsOfAll(): Promise<number | undefined> {
  const client = await db()
  await client.$executeRaw`SELECT pg_stat_force_next_flush()`
  const [row] = await client.$queryRaw<{ reads: number }[]>`
    SELECT "seq_scan"::int AS "reads" FROM "pg_stat_user_tables" WHERE "relname" = 'Mail'`
  return row?.reads
}

function callScheduler(): Promise<Response> {
  const headers = { authorization: `Bearer ${process.env.CRON_SECRET}` }
  return GET(new Request('http://localhost/api/cron/mail', { headers }))
}

const [notMatched, link] = [
  'Votre demande de mot de passe Metamots n’a pas abouti',
  'Réinitialisez votre mot de passe Metamots',
]

function subjects() {
  return resend.mails.map(({ subject }) => subject)
}

/** Somebody who signed up, and asked for the confirmation again three times within a minute. */
async function askedTwice(): Promise<Person> {
  const person = await signUpAs()
  for (let times = 0; times < 3; times += 1) await askForConfirmationAs(person)
  return person
}

async function joinThroughLater(): Promise<Person> {
  const { mails } = resend
  const kept = [...mails]
  const person = await joinThrough(resend)
  mails.push(...kept)
  return person
}

async function changeTo(person: Person, password: string): Promise<void> {
  const input = { currentPassword: person.password, newPassword: password }
  expect(await changePassword(await signedIn(person), input, newCaller(), 'fr')).toMatchObject({ ok: true })
}

/** Signs up from a network as often as one likes. */
async function joinFrom(caller: Caller): Promise<Person> {
  const person = newPerson()
  expect(await signUp(signUpSchema.parse(person), caller, 'fr')).toMatchObject({ ok: true })
  await (await db()).rateLimit.deleteMany({ where: { key: { startsWith: 'sign_up:' } } })
  return person
}

/** As if so many seconds had passed for limits and mail, with a sweep at their end. */
async function letPass(seconds: number): Promise<void> {
  await pass(null, seconds)
  await (await db()).$executeRaw`
    UPDATE "Mail" SET "nextAttemptAt" = "nextAttemptAt" - ${seconds}::int * interval '1 second' WHERE "state" = 'waiting'`
  await deliverDueMail()
}

function recipients(): string[] {
  return resend.mails.flatMap(({ to }) => to)
}

function mailsToBox(local: string): string[] {
  return recipients().filter((to) => to.startsWith(local))
}
