import { countingAllowed } from '@/lib/accounts/allow'
import { mailboxKey } from '@/lib/accounts/canonical'
import type { IdentityClaim } from '@/lib/accounts/input'
import { intentInsert } from '@/lib/accounts/intents'
import type { Caller } from '@/lib/caller'
import { ask } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { limits } from '@/lib/limits'
import { countingUse, type Refusal, type UseVerdict } from '@/lib/rate-limit'
import type { Counting, TargetVerdict } from '@/lib/targets'

/**
 * The one statement of a reset request: counts what the network does about the e-mail and, where that is allowed, whether the
 * e-mail has room for a mail that anybody may cause, and writes the intent, which says so. It looks at nothing else, so
 * it is the same whoever the claim is about. Returns the id of the mail, and why there was no room for it, if so.
 */
export async function askForReset(
  claim: IdentityClaim,
  { network, device }: Caller,
  locale: Locale,
): Promise<Counting & { mail: string; noRoom: Refusal }> {
  const use = countingAllowed('reset_request', claim.email.key, network)
  const mailbox = { subject: mailboxKey(claim.email.key), windows: limits.unasked_mail }
  const room = countingUse('unasked_mail', [mailbox], Prisma.sql`judged`, use.free)
  const intent = { kind: 'password_reset', claim, device } as const
  const says = Prisma.sql`|| jsonb_build_object('mayMail', "hasRoom")`
  const { id, insert } = intentInsert(locale, intent, network, says)
  const [row] = await ask<{ verdicts: TargetVerdict[]; rooms: UseVerdict[] | null }>(Prisma.sql`
    WITH ${use.steps},
    verdict AS (${use.verdicts}),
    judged AS (SELECT bool_and("open") AS "open", json_agg(verdict) AS "verdicts" FROM verdict),
    ${room.steps},
    room AS (${room.verdicts}),
    looked AS (SELECT bool_and("open") AS "hasRoom", json_agg(room) AS "rooms" FROM room),
    asked AS (${insert} FROM judged, looked WHERE judged."open")
    SELECT "verdicts", "rooms" FROM judged, looked`)
  if (!row) throw new Error('a reset request was not counted')
  return { ...use.read(row.verdicts), mail: id, noRoom: row.rooms && room.read(row.rooms) }
}
