import { expect, test } from 'vitest'
import { exportAccount } from '@/lib/accounts/export-account'
import { logIn } from '@/lib/accounts/log-in'
import { deliverDueMail } from '@/lib/accounts/notifier'
import { db } from '@/lib/db/client'
import { accountOf, askForReset, join, mailedToken, newCaller } from '@/tests/support/people'
import { newPerson } from '@/tests/support/person'
import { useService } from '@/tests/support/service'

useService('embedded')

test('somebody gets all that is kept of them, and nothing of anybody else', async () => {
  const [person, other] = [await join(newPerson()), await join(newPerson())]
  for (const { email, password } of [person, other])
    await logIn({ identifier: email, password, locale: 'fr' }, newCaller(), { session: null, device: null })
  await askForReset(person)
  await deliverDueMail()
  const { id, createdAt } = await accountOf(person)
  const data = await exportAccount(id, newCaller())
  const { password: _, ...details } = person
  expect(data.account).toMatchObject({
    ...details,
    username: null,
    createdAt,
    locale: 'fr',
    verifiedAt: expect.any(Date),
  })
  expect(data.sessions).toMatchObject([{ device: { browser: 'Firefox', system: 'Linux' } }])
  expect(data.links.map(({ purpose }) => purpose)).toEqual(['verification', 'password_reset'])
  expect(data.mails.map(({ template, state }) => [template, state])).toEqual([
    ['verify_address', 'sent'],
    ['reset_password', 'sent'],
  ])
  expect(data.events.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['user_created', 'authn_login_success', 'authn_token_created', 'sensitive_read']),
  )
  expect(JSON.stringify(data)).not.toContain(other.email)
})

test('no secret leaves with it, nor the digest of one', async () => {
  const person = await join(newPerson())
  const session = await logIn({ identifier: person.email, password: person.password, locale: 'fr' }, newCaller(), {
    session: null,
    device: null,
  })
  if (!session.ok) throw new Error(session.code)
  await askForReset(person)
  const { id } = await accountOf(person)
  const client = await db()
  const where = { accountId: id }
  const kept = [
    (await client.credential.findUniqueOrThrow({ where })).passwordHash,
    ...(await client.session.findMany({ where })).map(({ tokenHash }) => tokenHash),
    ...(await client.token.findMany({ where })).map(({ tokenHash }) => tokenHash),
    ...(await client.event.findMany({ where })).flatMap(({ address, subject }) => [address, subject]),
  ].filter((secret) => secret !== null)
  expect(kept.length).toBeGreaterThan(6)
  const text = JSON.stringify(await exportAccount(id, newCaller()))
  const secrets = [...kept, person.password, session.value.session, await mailedToken(person, 'reset-password')]
  for (const secret of secrets) expect(text).not.toContain(secret)
  expect(text).not.toMatch(/hash|argon2/i)
})
