import { expect, test } from 'vitest'
import { exportAccount } from '@/lib/accounts/export-account'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession, listSessions } from '@/lib/accounts/sessions'
import { closeDb } from '@/lib/db/client'
import { idOf, logInAs, redeem, resetTokenOf, sessionOf } from '@/tests/support/accounts/changes'
import { readExport } from '@/tests/support/accounts/exports'
import { accountOf, joinAs, newCaller } from '@/tests/support/accounts/people'
import { newPassword } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

test.each([
  ["DateStyle = 'German'"],
  ["DateStyle = 'SQL, DMY'"],
  ["DateStyle = 'Postgres'"],
  ["TimeZone = 'Pacific/Kiritimati'"],
  ["IntervalStyle = 'sql_standard'"],
  ["search_path = 'nowhere'"],
  ["default_transaction_isolation = 'serializable'"],
  ["client_encoding = 'LATIN1'"],
  ['statement_timeout = 1', 'lock_timeout = 1', 'idle_in_transaction_session_timeout = 1'],
  [
    "bytea_output = 'escape'",
    'standard_conforming_strings = off',
    'default_transaction_deferrable = on',
    'extra_float_digits = -15',
    'array_nulls = off',
    'transform_null_equals = on',
    "client_min_messages = 'debug5'",
    "xmloption = 'document'",
    'quote_all_identifiers = on',
    'row_security = off',
  ],
])('whatever the role has, people sign up, get back in and see the right times: %s', async (...settings) => {
  const url = new URL(process.env.DATABASE_URL ?? '')
  const role = `ALTER ROLE postgres IN DATABASE ${url.pathname.slice(1)}`
  // From where the settings are not its own, one of which is too short to take them back.
  url.pathname = 'postgres'
  await closeDb()
  await query(url.href, settings.map((setting) => `${role} SET ${setting}`).join(';'))
  try {
    await getBackIn()
  } finally {
    await closeDb()
    await query(url.href, `${role} RESET ALL`)
  }
})

test('a process that may have one connection does all of it', async () => {
  await closeDb()
  process.env.DATABASE_URL += '?connection_limit=1'
  Reflect.deleteProperty(globalThis, '__metamotsEnv')
  await getBackIn()
})

async function getBackIn(): Promise<void> {
  const person = await joinAs()
  const token = await resetTokenOf(person)
  expect(await peekLink('reset-password', token)).toBe('live')
  expect(await redeem(token, person, newPassword)).toEqual({ ok: true })
  expect(await peekLink('reset-password', token)).toBe('used')
  expect(await logInAs(person)).toEqual({ ok: false, code: 'invalid_credentials' })
  const session = await sessionOf({ ...person, password: newPassword })
  expect(await findSession(session)).toMatchObject({ email: person.email, firstName: person.firstName })
  const exported = JSON.parse(await readExport(await exportAccount(await idOf(person), newCaller())))
  const { id, createdAt, verifiedAt } = await accountOf(person)
  const [listed] = await listSessions(id, session)
  for (const time of [createdAt, verifiedAt, listed?.lastSeenAt ?? 0, new Date(exported.account.createdAt)])
    expect(Math.abs(Number(time) - Date.now())).toBeLessThan(60_000)
}
