-- CreateTable
CREATE TABLE "PendingSignUp" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "emailKey" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "organizationType" "OrganizationType" NOT NULL,
    "locale" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "PendingSignUp_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PendingSignUp_emailKey_idx" ON "PendingSignUp"("emailKey");

-- CreateIndex
CREATE INDEX "PendingSignUp_createdAt_idx" ON "PendingSignUp"("createdAt");

-- AlterTable
ALTER TABLE "Token" ADD COLUMN     "emailKey" TEXT,
ALTER COLUMN "accountId" DROP NOT NULL;

-- What was an account without a proved address becomes a pending sign-up, which the link in the mailbox opens with the password.
INSERT INTO "PendingSignUp" ("id", "email", "emailKey", "firstName", "lastName", "country", "organizationType", "locale", "passwordHash", "network", "createdAt")
SELECT a."id", a."email", a."emailKey", a."firstName", a."lastName", a."country", a."organizationType", a."locale", c."passwordHash", 'unknown', a."createdAt"
FROM "Account" a JOIN "Credential" c ON c."accountId" = a."id" WHERE a."verifiedAt" IS NULL;

-- Its confirmation links go on, as links of the address.
UPDATE "Token" t SET "emailKey" = a."emailKey", "accountId" = NULL
FROM "Account" a WHERE a."id" = t."accountId" AND a."verifiedAt" IS NULL AND t."purpose" = 'verification';

-- Links that would confirm what is confirmed have served.
UPDATE "Token" SET "usedAt" = now()
WHERE "purpose" = 'verification' AND "accountId" IS NOT NULL AND "usedAt" IS NULL AND "endedAt" IS NULL;

-- The reasons that a confirmation can no longer end for.
UPDATE "Token" SET "endReason" = 'replaced'
WHERE "purpose" = 'verification' AND ("endReason" = 'password_changed' OR "endReason" = 'address_changed' OR "endReason" = 'account_closing');

-- A confirmation that was to be mailed again is now asked for by the address.
UPDATE "Mail" m SET "data" = jsonb_build_object('email', jsonb_build_object('address', a."email", 'key', a."emailKey"), 'device', m."data" -> 'device')
FROM "Account" a
WHERE m."kind" = 'verification' AND m."state" = 'waiting' AND m."template" IS NULL AND a."id"::text = m."data" ->> 'accountId';

UPDATE "Mail" m SET "accountId" = NULL FROM "Account" a WHERE a."id" = m."accountId" AND a."verifiedAt" IS NULL;

DELETE FROM "Account" WHERE "verifiedAt" IS NULL;

-- AlterTable
ALTER TABLE "Account" ALTER COLUMN "verifiedAt" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Token_one_live_of_email" ON "Token"("emailKey") WHERE ("usedAt" IS NULL AND "endedAt" IS NULL);
