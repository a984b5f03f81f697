import { expect } from '@playwright/test'
import type { Service } from '@/tests/support/app/service'
import { breaches, expectLaws } from '@/tests/support/checks/laws'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { askForResetRaw, changePasswordRaw, joinRaw, logInRaw, redeemResetRaw } from '@/tests/support/http/raw-walks'
import { linkIn, mailTo } from '@/tests/support/mail/swept-mail'
import { newPassword } from '@/tests/support/person'

test('a life of an account breaks no law', async ({ service }) => {
  await liveOnce(service)
  await expectLaws(service)
})

/** What could be found after a fault, planted. */
const plants: Record<string, string[]> = {
  'used reset links are not the resets': [
    `DELETE FROM "Event" WHERE "name" = 'authn_password_change' AND "via" = 'password_reset'`,
    `UPDATE "Token" SET "usedAt" = NULL, "endedAt" = now() WHERE "purpose" = 'password_reset'`,
  ],
  'changes of password are not the notices': [
    `DELETE FROM "Mail" WHERE "id" = (SELECT "id" FROM "Mail" WHERE "kind" = 'password_changed' LIMIT 1)`,
  ],
  'a session is older than the password': [`UPDATE "Session" SET "credentialVersion" = "credentialVersion" - 1`],
  'a reset link outlived a change of password': [
    `UPDATE "Token" SET "usedAt" = NULL, "createdAt" = now() - interval '1 day' WHERE "purpose" = 'password_reset'`,
  ],
  'two live links of one purpose': [
    `DROP INDEX "Token_one_live"; INSERT INTO "Token" ("id", "tokenHash", "purpose", "accountId", "sentTo", "expiresAt")
      SELECT gen_random_uuid(), n::text, 'verification', "id", 'x', now() FROM "Account", generate_series(1, 2) AS n`,
  ],
  'a sign-up waits for an address that has an account': [
    `INSERT INTO "PendingSignUp" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "passwordHash", "network")
      SELECT gen_random_uuid(), "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", '', '' FROM "Account"`,
  ],
  'a mail was sent, but nobody took it': [`UPDATE "Mail" SET "providerId" = NULL`],
  'a claim has been undecided for more than three days': [
    `UPDATE "Mail" SET "state" = 'waiting', "template" = NULL, "createdAt" = now() - interval '73 hours'`,
  ],
  'something is kept of a mail that has ended': [
    `UPDATE "Mail" SET "data" = '{}' WHERE "kind" = 'sign_up'`,
    `UPDATE "Mail" SET "message" = '{}' WHERE "kind" = 'sign_up'`,
  ],
}

test('the search for breaches finds each that is planted', async ({ service: { databaseUrl }, service }) => {
  await liveOnce(service)
  for (const [law, statements] of Object.entries(plants))
    for (const statement of statements) expect(await breaches(databaseUrl, statement), statement).toContain(law)
  expect(await breaches(databaseUrl)).toEqual([])
})

/** Joins, resets the password, signs in and changes it again. */
async function liveOnce(service: Service): Promise<void> {
  const person = await joinRaw(service)
  await askForResetRaw(service, person)
  await redeemResetRaw(
    service,
    linkIn(await mailTo(service.resend, person.email, 2), 'reset-password'),
    person,
    newPassword,
  )
  await changePasswordRaw(service, { ...person, password: newPassword }, 'Encore un-n0uveau')
  await logInRaw(service, { ...person, password: 'Encore un-n0uveau' })
}
