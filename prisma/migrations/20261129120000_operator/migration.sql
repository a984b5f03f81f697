-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "operator" TEXT,
ADD COLUMN     "reason" TEXT;
