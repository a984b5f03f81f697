import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changePassword } from '@/lib/accounts/change-password'
import { hashPassword, needsRehash } from '@/lib/accounts/hashing'
import { signUpSchema } from '@/lib/accounts/input'
import { logIn } from '@/lib/accounts/log-in'
import { redeemPasswordReset } from '@/lib/accounts/password-reset'
import { findSession } from '@/lib/accounts/sessions'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { askForReset, claimOf, join, mailedToken, newCaller } from '@/tests/support/people'
import { newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

const breached = 'Mot-de-passe du 7 juin'
const weakerThanPolicy = { memoryCost: 512, timeCost: 1, parallelism: 1 }
/** 128 code points in 135 code units and fewer than 512 bytes, to be kept to the last one. */
const longest = ` 😀${'Une très longue phrase, 7 fois dite. '.repeat(4).slice(0, 124)}😀 `

const ranges: string[] = []
const rangeService = createServer((request, response) => {
  ranges.push(request.url?.slice(1) ?? '')
  response.end(`${sha1(breached).slice(5)}:3\r\n`)
})

beforeAll(async () => {
  await new Promise<void>((resolve) => rangeService.listen(0, '127.0.0.1', resolve))
  process.env.BREACHED_PASSWORDS_URL = `http://127.0.0.1:${(rangeService.address() as AddressInfo).port}`
})

afterAll(() => {
  rangeService.closeAllConnections()
  rangeService.close()
})

useService('embedded')

test('sign-up, change and reset refuse the same passwords for the same reasons', async () => {
  const person = await join(newPerson({ email: 'lou.mallet@les-plaines.example' }))
  const session = await sessionOf(person)
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')

  for (const [password, ...issues] of [
    ['weak', 'too_short', 'missing_upper', 'missing_digit', 'missing_special', 'too_common'],
    ['Bienvenue1!', 'too_common'],
    ['P@ssw0rd', 'too_common'],
    ['Éloïse-2024', 'personal', 'too_common'],
    ['3l01se et son chat Gris', 'personal'],
    ['Un chat de Mallet 7', 'personal'],
    ['Metamots, 2 fois merci', 'personal'],
    ['Plaines12!', 'personal', 'too_common'],
    [breached, 'too_common'],
  ] as const) {
    const verdict = { ok: false, code: 'weak_password', issues }
    expect([
      await signUp(signUpSchema.parse({ ...person, password }), newCaller(), 'fr'),
      await change(person, session, password),
      await redeem(token, person, password),
    ]).toEqual([verdict, verdict, verdict])
  }
  expect(await redeem(token, person, 'Les plaines vertes 7')).toEqual({ ok: true })
})

test('sign-up, change and reset take the same passwords', async () => {
  const person = await join(newPerson({ email: 'lou.malley@les-plaines.example' }))
  for (const password of ['Un-n0uveau', 'Les plaines vertes 7', '😀 Kàfé au lait 4 moi']) {
    expect(await signUp(signUpSchema.parse({ ...newPerson(), password }), newCaller(), 'fr')).toEqual({ ok: true })
    expect(await change(person, await sessionOf(person), password)).toMatchObject({ ok: true })
    person.password = password
  }
  await askForReset(person)
  expect(await redeem(await mailedToken(person, 'reset-password'), person, 'Un-n0uveau 2')).toEqual({ ok: true })
})

test('only a password that is otherwise good is looked up, and at a reset only for who proved to be its owner', async () => {
  const person = await join(newPerson())
  const common = 'Bonjour123!'
  const good = `Un secret n0uveau de ${person.email.slice(-30, -20)}`
  await signUp(signUpSchema.parse({ ...newPerson(), password: common }), newCaller(), 'fr')
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  await redeem(token, { ...person, firstName: 'Mallory' }, good)
  await redeem('A'.repeat(43), person, good)
  expect(ranges).not.toContain(sha1(common).slice(0, 5))
  expect(ranges).not.toContain(sha1(good).slice(0, 5))

  expect(await redeem(token, person, good)).toEqual({ ok: true })
  expect(ranges).toContain(sha1(good).slice(0, 5))
  expect(ranges.every((range) => /^[0-9A-F]{5}$/.test(range))).toBe(true)
})

test('a breached password costs no attempt at a reset, and the link still serves', async () => {
  const person = await join(newPerson())
  await askForReset(person)
  const token = await mailedToken(person, 'reset-password')
  for (let round = 0; round < 6; round += 1)
    expect(await redeem(token, person, breached)).toMatchObject({ code: 'weak_password', issues: ['too_common'] })
  expect(await redeem(token, person, 'Un-n0uveau secret')).toEqual({ ok: true })
})

test('a password chosen in composed characters signs in when typed in decomposed ones, and the other way round', async () => {
  for (const [chosen, typed] of [
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ] as const) {
    const password = 'Été à la Réunion, 7 fois'
    const person = await join(newPerson({ password: password.normalize(chosen) }))
    expect(await logInAs({ ...person, password: password.normalize(typed) })).toMatchObject({ ok: true })
    expect(await logInAs({ ...person, password: password.replace('à', 'a') })).toMatchObject({ ok: false })
  }
})

test('128 characters count to the last one, spaces and emoji at both ends included; 129 are too many', async () => {
  expect([...longest]).toHaveLength(128)
  const person = await join(newPerson({ password: longest }))
  expect(await logInAs(person)).toMatchObject({ ok: true })
  for (const other of [[...longest].slice(0, -1).join(''), longest.trimStart(), longest.trimEnd(), `${longest} `])
    expect(await logInAs({ ...person, password: other })).toEqual({ ok: false, code: 'invalid_credentials' })
  expect(await signUp(signUpSchema.parse({ ...newPerson(), password: `${longest}!` }), newCaller(), 'fr')).toEqual({
    ok: false,
    code: 'weak_password',
    issues: ['too_long'],
  })
})

test('signing in raises a hash made with weaker parameters, and ends no session', async () => {
  const person = await join(newPerson())
  const early = await sessionOf(person)
  const weak = await weaken(person)
  await sessionOf(person)

  const raised = await credentialOf(person)
  expect(raised.passwordHash).not.toBe(weak)
  expect(needsRehash(weak)).toBe(true)
  expect(needsRehash(raised.passwordHash)).toBe(false)
  expect(raised.version).toBe(1)
  expect(await findSession(early)).not.toBeNull()
  await sessionOf(person)
  expect((await credentialOf(person)).passwordHash).toBe(raised.passwordHash)
})

test('a wrong password leaves a weaker hash as it is', async () => {
  const person = await join(newPerson())
  const weak = await weaken(person)
  await logInAs({ ...person, password: 'Wr0ng one, surely' })
  expect((await credentialOf(person)).passwordHash).toBe(weak)
})

test('a reset that commits while a weaker hash is being raised wins over it', async () => {
  const person = await join(newPerson())
  await weaken(person)
  await resetAsSoonAsSignedIn(person, 'Un-n0uveau secret')

  expect(await logInAs(person)).toMatchObject({ ok: true })

  expect((await credentialOf(person)).version).toBe(2)
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs({ ...person, password: 'Un-n0uveau secret' })).toMatchObject({ ok: true })
})

test.for(['', 'garbage', '$argon2id$v=19$m=1024,t=1,p=1$', '$2b$10$abcdefghijklmnopqrstuv'])(
  'the malformed hash %j is an ordinary failure, and a reset mends it',
  async (malformed) => {
    const person = await join(newPerson())
    await storeHash(person, malformed)
    expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
    await askForReset(person)
    expect(await redeem(await mailedToken(person, 'reset-password'), person, 'Un-n0uveau secret')).toEqual({ ok: true })
    expect(await logInAs({ ...person, password: 'Un-n0uveau secret' })).toMatchObject({ ok: true })
  },
)

function logInAs({ email, password }: Person) {
  return logIn({ identifier: email, password, locale: 'fr' }, newCaller(), { session: null, device: null })
}

async function sessionOf(person: Person): Promise<string> {
  const result = await logInAs(person)
  if (!result.ok) throw new Error(result.code)
  return result.value.session
}

async function change(person: Person, session: string, newPassword: string) {
  const account = await findSession(session)
  if (!account) throw new Error('not signed in')
  return changePassword(account, { currentPassword: person.password, newPassword }, newCaller(), 'fr')
}

function redeem(token: string, person: Person, newPassword: string) {
  return redeemPasswordReset(token, { ...claimOf(person), newPassword }, newCaller(), 'fr')
}

async function weaken(person: Person): Promise<string> {
  return storeHash(person, await hash(person.password, weakerThanPolicy))
}

async function storeHash({ email }: Person, passwordHash: string): Promise<string> {
  const client = await db()
  await client.credential.updateMany({ where: { account: { email } }, data: { passwordHash } })
  return passwordHash
}

async function credentialOf({ email }: Person) {
  return (await db()).credential.findFirstOrThrow({ where: { account: { email } } })
}

/** Lets the database write another password, as a reset does, in the moment in which the next session is committed. */
async function resetAsSoonAsSignedIn(person: Person, password: string): Promise<void> {
  const client = await db()
  const { accountId } = await credentialOf(person)
  await client.$executeRawUnsafe(`
    CREATE FUNCTION reset_meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      UPDATE "Credential" SET "passwordHash" = '${await hashPassword(password)}', "version" = "version" + 1
      WHERE "accountId" = '${accountId}' AND "version" = 1;
      RETURN NULL;
    END $$`)
  await client.$executeRawUnsafe(`
    CREATE CONSTRAINT TRIGGER reset_meanwhile AFTER INSERT ON "Session" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW."accountId" = '${accountId}') EXECUTE FUNCTION reset_meanwhile()`)
}

function sha1(password: string): string {
  return createHash('sha1').update(password).digest('hex').toUpperCase()
}
