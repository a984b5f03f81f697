-- What holds whatever happened, at every moment. Each row is a breach.
WITH
  used AS (
    SELECT "accountId"::text AS account, count(*) AS n FROM "Token"
    WHERE "purpose" = 'password_reset' AND "usedAt" IS NOT NULL GROUP BY 1
  ),
  resets AS (
    SELECT "accountId"::text AS account, count(*) AS n FROM "Event"
    WHERE "name" = 'authn_password_change' AND "via" = 'password_reset' AND "accountId" IS NOT NULL GROUP BY 1
  ),
  changes AS (
    SELECT "accountId"::text AS account, count(*) AS n FROM "Event"
    WHERE "name" = 'authn_password_change' AND "via" <> 'not_me' AND "accountId" IS NOT NULL GROUP BY 1
  ),
  notices AS (
    SELECT coalesce("accountId"::text, "data" ->> 'accountId') AS account, count(*) AS n FROM "Mail"
    WHERE "kind" = 'password_changed' GROUP BY 1
  )
SELECT 'used reset links are not the resets' AS law, account AS of FROM used FULL JOIN resets USING (account)
WHERE used.n IS DISTINCT FROM resets.n
UNION ALL
SELECT 'changes of password are not the notices', account FROM changes FULL JOIN notices USING (account)
WHERE changes.n IS DISTINCT FROM notices.n
UNION ALL
SELECT 'a session is older than the password', s."id"::text FROM "Session" s JOIN "Credential" c USING ("accountId")
WHERE s."credentialVersion" < c."version"
UNION ALL
SELECT 'a reset link outlived a change of password', t."id"::text FROM "Token" t JOIN "Credential" c USING ("accountId")
WHERE t."purpose" = 'password_reset' AND t."usedAt" IS NULL AND t."endedAt" IS NULL AND t."createdAt" < c."changedAt"
  AND c."version" > 1
UNION ALL
SELECT 'two live links of one purpose', coalesce("accountId"::text, "emailKey") FROM "Token"
WHERE "purpose" <> 'not_me' AND "usedAt" IS NULL AND "endedAt" IS NULL GROUP BY 2, "purpose" HAVING count(*) > 1
UNION ALL
SELECT 'a sign-up waits for an address that has an account', p."id"::text FROM "PendingSignUp" p JOIN "Account" USING ("emailKey")
UNION ALL
SELECT 'a mail was sent, but nobody took it', "id"::text FROM "Mail" WHERE "state" = 'sent' AND "providerId" IS NULL
UNION ALL
SELECT 'a claim has been undecided for more than three days', "id"::text FROM "Mail"
WHERE "state" = 'waiting' AND "template" IS NULL AND "createdAt" < now() - interval '3 days'
UNION ALL
SELECT 'something is kept of a mail that has ended', "id"::text FROM "Mail" WHERE "state" <> 'waiting' AND ("data" IS NOT NULL OR "message" IS NOT NULL);
