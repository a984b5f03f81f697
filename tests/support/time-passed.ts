/** Statements after which everything that the outbox and the links know of time is so many minutes longer ago. */
export function timePassed(minutes: number): string[] {
  const span = `interval '${minutes} minutes'`
  return [
    `UPDATE "Mail" SET "createdAt" = "createdAt" - ${span}, "nextAttemptAt" = "nextAttemptAt" - ${span},
      "leasedUntil" = "leasedUntil" - ${span},
      "data" = CASE WHEN "data" #>> '{token,validUntil}' IS NULL THEN "data"
        ELSE jsonb_set("data", '{token,validUntil}', to_jsonb(("data" #>> '{token,validUntil}')::timestamptz - ${span})) END`,
    `UPDATE "Token" SET "createdAt" = "createdAt" - ${span}, "expiresAt" = "expiresAt" - ${span}`,
  ]
}
