-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "edition" SMALLINT NOT NULL DEFAULT 1,
ADD COLUMN     "message" TEXT;

-- CreateTable
CREATE TABLE "MailTrouble" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "faults" INTEGER NOT NULL DEFAULT 1,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT transaction_timestamp(),
    "probeAt" TIMESTAMPTZ(6) NOT NULL,
    "alarmed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "MailTrouble_pkey" PRIMARY KEY ("id")
);

