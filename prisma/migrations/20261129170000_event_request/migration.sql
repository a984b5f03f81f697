-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "request" TEXT;
