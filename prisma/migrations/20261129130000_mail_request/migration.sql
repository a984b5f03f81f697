-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "request" TEXT;
