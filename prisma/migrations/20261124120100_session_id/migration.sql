-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "id" UUID NOT NULL DEFAULT gen_random_uuid();

-- CreateIndex
CREATE UNIQUE INDEX "Session_id_key" ON "Session"("id");

