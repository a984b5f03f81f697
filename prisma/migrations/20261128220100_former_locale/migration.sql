-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "formerLocale" TEXT,
ADD COLUMN     "localeSince" TIMESTAMPTZ(6);

