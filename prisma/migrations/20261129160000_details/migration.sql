-- CreateTable
CREATE TABLE "FormerDetails" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "accountId" UUID NOT NULL,
    "firstName" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "country" CHAR(2) NOT NULL,
    "organizationType" "OrganizationType" NOT NULL,
    "until" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "FormerDetails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "FormerDetails_accountId_until_idx" ON "FormerDetails"("accountId", "until");

-- AddForeignKey
ALTER TABLE "FormerDetails" ADD CONSTRAINT "FormerDetails_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

