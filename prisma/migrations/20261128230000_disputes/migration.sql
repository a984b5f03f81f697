-- AlterTable
ALTER TABLE "Credential" ADD COLUMN     "disputedUntil" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "Token" ADD COLUMN     "passwordHash" TEXT;

