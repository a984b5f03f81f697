-- DropIndex
DROP INDEX "Mail_state_nextAttemptAt_idx";

-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "class" SMALLINT NOT NULL DEFAULT 3,
ADD COLUMN     "network" TEXT,
ADD COLUMN     "placeAt" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),
ADD COLUMN     "recipient" TEXT;

-- CreateIndex
CREATE INDEX "Event_log_in_failures" ON "Event"("at") WHERE ("name" = 'authn_login_fail' OR "name" = 'authn_login_fail_max' OR "name" = 'authn_login_lock');

-- CreateIndex
CREATE INDEX "Mail_in_turn" ON "Mail"("class", "placeAt") WHERE ("state" = 'waiting');

-- CreateIndex
CREATE INDEX "Mail_of_recipient" ON "Mail"("recipient", "class", "placeAt") WHERE ("state" = 'waiting');

-- CreateIndex
CREATE INDEX "Mail_of_network" ON "Mail"("network", "class", "placeAt") WHERE ("state" = 'waiting');

-- CreateIndex
CREATE INDEX "Mail_leased" ON "Mail"("leasedUntil") WHERE ("state" = 'waiting');

-- What waits already keeps its order within its class.
UPDATE "Mail" SET "placeAt" = "createdAt", "class" = CASE
  WHEN "template" = 'request_mismatch' THEN 3
  WHEN "kind" = 'sign_up' OR "kind" = 'verification' OR "kind" = 'address_change' THEN 2
  ELSE 1 END
WHERE "state" = 'waiting';
