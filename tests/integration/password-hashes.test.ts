import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { signUpSchema } from '@/lib/accounts/input'
import { hashPassword, needsRehash } from '@/lib/accounts/passwords/hashing'
import { findSession } from '@/lib/accounts/sessions'
import { signUp } from '@/lib/accounts/sign-up'
import { db } from '@/lib/db/client'
import { logInAs, redeem, sessionOf } from '@/tests/support/accounts/changes'
import { askForResetAs, joinAs, mailedToken, newCaller } from '@/tests/support/accounts/people'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { useService } from '@/tests/support/vitest/use-service'

const weakerThanPolicy = { memoryCost: 512, timeCost: 1, parallelism: 1 }
/** 128 code points in 135 code units and fewer than 512 bytes, to be kept to the last one. */
const longest = ` 😀${'Une très longue phrase, 7 fois dite. '.repeat(4).slice(0, 124)}😀 `

useService('embedded')

test('a password chosen in composed characters signs in when typed in decomposed ones, and the other way round', async () => {
  for (const [chosen, typed] of [
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ] as const) {
    const password = 'Été à la Réunion, 7 fois'
    const person = await joinAs(newPerson({ password: password.normalize(chosen) }))
    expect(await logInAs({ ...person, password: password.normalize(typed) })).toMatchObject({ ok: true })
    expect(await logInAs({ ...person, password: password.replace('à', 'a') })).toMatchObject({ ok: false })
  }
})

test('128 characters count to the last one, spaces and emoji at both ends included; 129 are too many', async () => {
  expect([...longest]).toHaveLength(128)
  const person = await joinAs(newPerson({ password: longest }))
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
  const person = await joinAs()
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
  const person = await joinAs()
  const weak = await weaken(person)
  await logInAs({ ...person, password: 'Wr0ng one, surely' })
  expect((await credentialOf(person)).passwordHash).toBe(weak)
})

test('a reset that commits while a weaker hash is being raised wins over it', async () => {
  const person = await joinAs()
  await weaken(person)
  await resetAsSoonAsSignedIn(person, newPassword)

  expect(await logInAs(person)).toMatchObject({ ok: true })

  expect((await credentialOf(person)).version).toBe(2)
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  expect(await logInAs({ ...person, password: newPassword })).toMatchObject({ ok: true })
})

test.for(['', 'garbage', '$argon2id$v=19$m=1024,t=1,p=1$', '$2b$10$abcdefghijklmnopqrstuv'])(
  'the malformed hash %j is an ordinary failure, and a reset mends it',
  async (malformed) => {
    const person = await joinAs()
    await storeHash(person, malformed)
    expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
    await askForResetAs(person)
    expect(await redeem(await mailedToken(person, 'reset-password'), person, newPassword)).toEqual({ ok: true })
    expect(await logInAs({ ...person, password: newPassword })).toMatchObject({ ok: true })
  },
)

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
