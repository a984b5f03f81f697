import { randomUUID } from 'node:crypto'
import type { Service } from '@/tests/support/app/service'
import { identityOf } from '@/tests/support/http/raw-walks'
import { newPerson, type Person } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'

const guess = 'An0ther’s choice'

/** All that an attacker who knows a person can claim, with the field names by which other services were fooled. */
export function claimsOf(victim: Person): Record<string, string> {
  const { email } = victim
  const ids = {
    id: email,
    userId: email,
    accountId: email,
    token: 'a'.repeat(43),
    username: 'mallory',
    session: randomUUID(),
  }
  const passwords = { password: guess, newPassword: guess, currentPassword: guess }
  return { ...identityOf(victim), ...ids, ...passwords, identifier: email, newEmail: newPerson().email, locale: 'fr' }
}

/** What only the person may change. */
export async function stateOf({ databaseUrl }: Service, { email }: Person): Promise<Record<string, unknown>> {
  const [state] = await query(
    databaseUrl,
    `SELECT c.*, a.*, (SELECT count(*) FROM "Session" s WHERE s."accountId" = a."id") AS sessions
     FROM "Account" a JOIN "Credential" c ON c."accountId" = a."id" WHERE a."email" = '${email}'`,
  )
  return state ?? {}
}
