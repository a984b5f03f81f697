-- AlterEnum
ALTER TYPE "TokenEnd" ADD VALUE 'address_taken';

-- AlterEnum
ALTER TYPE "TokenPurpose" ADD VALUE 'address_change';
ALTER TYPE "TokenPurpose" ADD VALUE 'not_me';
