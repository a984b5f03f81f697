-- AlterTable
ALTER TABLE "Session" ADD COLUMN "formerHash" TEXT;

-- CreateIndex
CREATE INDEX "Session_formerHash_idx" ON "Session"("formerHash");
