-- CreateTable
CREATE TABLE "AppSession" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "sessionId" UUID NOT NULL,
    "app" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "AppSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AppToken" (
    "tokenHash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "appSessionId" UUID NOT NULL,
    "data" JSONB NOT NULL,
    "expiresAt" TIMESTAMPTZ(6) NOT NULL,
    "usedAt" TIMESTAMPTZ(6),

    CONSTRAINT "AppToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "AppNotice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "app" TEXT,
    "kind" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "appSessionId" UUID,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),
    "leasedUntil" TIMESTAMPTZ(6),
    "toldAt" TIMESTAMPTZ(6),
    "createdAt" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),

    CONSTRAINT "AppNotice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "id" TEXT NOT NULL,
    "sealedBy" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "validFrom" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("id", "sealedBy")
);

-- CreateIndex
CREATE INDEX "Session_lastSeenAt_idx" ON "Session"("lastSeenAt");

-- CreateIndex
CREATE UNIQUE INDEX "AppSession_sessionId_app_key" ON "AppSession"("sessionId", "app");

-- CreateIndex
CREATE INDEX "AppToken_appSessionId_idx" ON "AppToken"("appSessionId");

-- CreateIndex
CREATE INDEX "AppToken_expiresAt_idx" ON "AppToken"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "AppNotice_one_shared" ON "AppNotice"("accountId", "kind") WHERE ("app" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "AppNotice_one_event" ON "AppNotice"("app", "accountId", "kind") WHERE ("appSessionId" IS NULL);

-- CreateIndex
CREATE INDEX "AppNotice_ends" ON "AppNotice"("app", "createdAt") WHERE ("appSessionId" IS NOT NULL AND "attempts" = 0);

-- CreateIndex
CREATE INDEX "AppNotice_ends_again" ON "AppNotice"("app", "nextAttemptAt") WHERE ("appSessionId" IS NOT NULL AND "attempts" > 0);

-- CreateIndex
CREATE INDEX "AppNotice_events" ON "AppNotice"("app", "nextAttemptAt") WHERE ("appSessionId" IS NULL);

-- CreateIndex
CREATE INDEX "AppNotice_createdAt_idx" ON "AppNotice"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "SigningKey_sealedBy_validFrom_key" ON "SigningKey"("sealedBy", "validFrom");

-- AddForeignKey
ALTER TABLE "AppSession" ADD CONSTRAINT "AppSession_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AppToken" ADD CONSTRAINT "AppToken_appSessionId_fkey" FOREIGN KEY ("appSessionId") REFERENCES "AppSession"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- However a session ends, and whoever ends it: what is told of it is written in the same transaction.
CREATE OR REPLACE FUNCTION "tellOfSession"() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  INSERT INTO "AppNotice" ("app", "kind", "accountId", "appSessionId") VALUES (OLD."app", 'session-revoked', OLD."accountId", OLD."id");
  RETURN NULL;
END
$$;

CREATE TRIGGER "AppSession_ended" AFTER DELETE ON "AppSession" FOR EACH ROW EXECUTE FUNCTION "tellOfSession"();

-- What else becomes of an account that applications know: for whichever of them want to hear it. While it waits for them, what happens once more
-- takes its place. Of two kinds the later time is that of the later change, since whoever changes an account holds it.
CREATE OR REPLACE FUNCTION "tellOfAccount"() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  INSERT INTO "AppNotice" ("kind", "accountId", "createdAt")
  SELECT kind, OLD."id", clock_timestamp() FROM (VALUES
    ('account-purged', TG_OP = 'DELETE'),
    ('account-disabled', TG_OP = 'UPDATE' AND OLD."closesAt" IS NULL AND NEW."closesAt" IS NOT NULL),
    ('account-enabled', TG_OP = 'UPDATE' AND OLD."closesAt" IS NOT NULL AND NEW."closesAt" IS NULL),
    ('identifier-changed', TG_OP = 'UPDATE' AND OLD."email" <> NEW."email"),
    ('token-claims-change', TG_OP = 'UPDATE' AND
      (OLD."firstName", OLD."lastName", OLD."locale") <> (NEW."firstName", NEW."lastName", NEW."locale"))
  ) AS told (kind, "isTrue") WHERE "isTrue"
  ON CONFLICT ("accountId", "kind") WHERE "app" IS NULL DO UPDATE SET "createdAt" = excluded."createdAt";
  RETURN NULL;
END
$$;

CREATE TRIGGER "Account_changed" AFTER UPDATE OF "closesAt", "email", "firstName", "lastName", "locale" OR DELETE ON "Account"
FOR EACH ROW EXECUTE FUNCTION "tellOfAccount"();
