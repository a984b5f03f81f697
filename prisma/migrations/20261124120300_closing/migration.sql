-- AlterEnum
ALTER TYPE "TokenEnd" ADD VALUE 'account_closing';

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "closesAt" TIMESTAMPTZ(6);

-- CreateIndex
CREATE INDEX "Account_closesAt_idx" ON "Account"("closesAt");

-- CreateIndex
CREATE INDEX "Event_subject_idx" ON "Event"("subject");

