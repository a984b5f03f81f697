-- A migration of its own: Postgres lets nobody name the new purpose in the transaction that makes it.

-- DropIndex
DROP INDEX "Token_one_live";

-- CreateIndex
CREATE INDEX "Token_accountId_idx" ON "Token"("accountId");

-- CreateIndex
CREATE UNIQUE INDEX "Token_one_live" ON "Token"("accountId", "purpose") WHERE ("usedAt" IS NULL AND "endedAt" IS NULL AND "purpose" <> 'not_me');
