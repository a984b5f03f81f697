import { query } from '@/tests/support/postgres/query'

/** Fills a database with so many accounts, and ten times as many sessions, tokens, mails and events, as if they had come over a year. */
export async function fill(databaseUrl: string, accounts: number, passwordHash: string): Promise<void> {
  const some = (many: number) => `generate_series(1, ${many * accounts}) AS n`
  const owner = `md5('account ' || n % ${accounts})::uuid`
  const before = (days: number) => `now() - random() * interval '${days} days'`
  for (const statement of [
    `INSERT INTO "Account" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "createdAt", "verifiedAt")
      SELECT ${owner}, n || '@scale.example', n || '@scale.example', 'Claude', 'Martin', 'FR', 'company', 'fr', ${before(360)}, now() FROM ${some(1)}`,
    `INSERT INTO "Credential" ("accountId", "passwordHash") SELECT ${owner}, '${passwordHash}' FROM ${some(1)}`,
    `INSERT INTO "Session" ("tokenHash", "accountId", "credentialVersion", "device", "expiresAt")
      SELECT 'session ' || n, ${owner}, 1, '{"browser":null,"system":null}', now() + (1 + random() * 29) * interval '1 day' FROM ${some(2)}`,
    `INSERT INTO "Token" ("id", "tokenHash", "purpose", "accountId", "sentTo", "expiresAt")
      SELECT md5('token ' || n)::uuid, 'token ' || n, 'not_me', ${owner}, n || '@scale.example', now() + random() * interval '3 days' FROM ${some(1)}`,
    `INSERT INTO "Mail" ("id", "kind", "locale", "template", "accountId", "state", "createdAt", "finishedAt")
      SELECT md5('mail ' || n)::uuid, 'password_reset', 'fr', 'reset_password', ${owner}, 'sent', ${before(29)}, ${before(29)} FROM ${some(3)}`,
    `INSERT INTO "Event" ("name", "accountId", "at")
      SELECT CASE WHEN n % 20 = 0 THEN 'authn_login_fail' ELSE 'authn_login_success' END, ${owner}, ${before(360)} FROM ${some(4)}`,
    `INSERT INTO "RateLimit" ("key", "hits", "endsAt")
      SELECT 'log_in:3600:' || md5(n::text), 1, now() + (1 + random()) * interval '1 day' FROM ${some(1)}`,
    'VACUUM ANALYZE',
  ])
    await query(databaseUrl, statement)
}
