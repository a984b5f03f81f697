import type { LinkProblem } from '@/lib/accounts/codes'
import { type LinkPage, mailedLinks } from '@/lib/accounts/mailed-links'
import { db } from '@/lib/db/client'
import { isToken, recoverToken, sha256 } from '@/lib/secrets'

/** Where the live link to a page was mailed to; nothing when it serves no more. */
export async function peekAddress(page: LinkPage, token: string | null): Promise<string> {
  if (token === null || !isToken(token)) return ''
  const client = await db()
  const row = await client.token.findUnique({ where: { tokenHash: sha256(token), purpose: mailedLinks[page].purpose } })
  return row && !row.usedAt && !row.endedAt ? row.sentTo : ''
}

/** Whether the link to a page still serves, or why not. Looks only: any number of looks changes nothing. */
export async function peekLink<Page extends LinkPage>(
  page: Page,
  token: string | null,
): Promise<'live' | LinkProblem<Page>> {
  if (token === null || !isToken(token)) return 'unknown'
  const client = await db()
  const [row] = await client.$queryRaw<{ state: 'live' | LinkProblem<Page> }[]>`
    SELECT CASE WHEN "usedAt" IS NOT NULL THEN 'used' WHEN "endReason" IS NOT NULL THEN "endReason"::text
      WHEN "expiresAt" <= now() THEN 'expired' ELSE 'live' END AS "state"
    FROM "Token" WHERE "tokenHash" = ${sha256(token)} AND "purpose" = ${mailedLinks[page].purpose}::"TokenPurpose"`
  return row?.state ?? 'unknown'
}

/** The secret of a token, to be mailed, and whether the token is still wanted; null when its key has been rotated away. */
export async function mailedToken(id: string): Promise<{ secret: string; isWanted: boolean } | null> {
  const row = await (await db()).token.findUnique({ where: { id } })
  const secret = row && recoverToken(row.purpose, id, row.tokenHash)
  return secret ? { secret, isWanted: !row.usedAt && !row.endedAt } : null
}
