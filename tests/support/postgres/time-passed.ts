/** The statements that let so many minutes pass for mail and links. */
export function timePassed(minutes: number): string[] {
  const span = `interval '${minutes} minutes'`
  return [
    `UPDATE "Mail" SET "createdAt" = "createdAt" - ${span}, "nextAttemptAt" = "nextAttemptAt" - ${span},
      "leasedUntil" = "leasedUntil" - ${span},
      "data" = CASE WHEN "data" #>> '{token,validUntil}' IS NULL THEN "data"
        ELSE jsonb_set("data", '{token,validUntil}', to_jsonb(("data" #>> '{token,validUntil}')::timestamptz - ${span})) END`,
    `UPDATE "MailTrouble" SET "since" = "since" - ${span}, "probeAt" = "probeAt" - ${span}`,
    `UPDATE "Token" SET "createdAt" = "createdAt" - ${span}, "expiresAt" = "expiresAt" - ${span}`,
    `UPDATE "FormerDetails" SET "until" = "until" - ${span}`,
  ]
}

/** The same, and for accounts that are blocked. */
export function disputesPassed(minutes: number): string[] {
  return [
    ...timePassed(minutes),
    `UPDATE "Credential" SET "disputedUntil" = "disputedUntil" - interval '${minutes} minutes' WHERE "disputedUntil" IS NOT NULL`,
  ]
}
