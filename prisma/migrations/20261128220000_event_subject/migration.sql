-- No event needs the digest of what was typed: of an account stays its id. The column stays for the release that still writes
-- it while this one is being rolled out.
UPDATE "Event" SET "subject" = NULL WHERE "subject" IS NOT NULL;
