-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "mailReturnedAt" TIMESTAMPTZ(6);
