import { setTimeout as sleep } from 'node:timers/promises'
import { query } from '@/tests/support/postgres/query'
import { roundsOf } from '@/tests/timing/measure'
import type { Case, Scenario } from '@/tests/timing/scenarios'
import type { Stage } from '@/tests/timing/stage'

/** Throws unless every request was decided as one of its case: what is compared must be what it is called. */
export async function expectAftermath({ databaseUrl }: Stage, scenario: Scenario): Promise<void> {
  const { page, cases, crowd, burst } = scenario
  if (crowd) return
  if (burst) return expectBursts(databaseUrl, scenario)
  const wanted: Record<string, number> = {}
  for (const each of cases) {
    const outcome = outcomeOf(page, each)
    wanted[outcome] = (wanted[outcome] ?? 0) + roundsOf(scenario)
  }
  const counting =
    page === 'login'
      ? // So many failures are rightly an alarm too.
        `SELECT "name" AS what, count(*)::int AS n FROM "Event" WHERE "name" <> 'authn_login_fail_surge' GROUP BY 1`
      : `SELECT coalesce("template", "state"::text) AS what, count(*)::int AS n FROM "Mail" GROUP BY 1`
  let found: Record<string, number> = {}
  for (let tries = 0; tries < 120; tries += 1) {
    const rows = (await query(databaseUrl, counting)) as { what: string; n: number }[]
    found = Object.fromEntries(rows.map(({ what, n }) => [what, n]))
    if (Object.keys({ ...found, ...wanted }).every((what) => found[what] === wanted[what])) return
    await sleep(500)
  }
  throw new Error(`Not every case was what it is called: ${JSON.stringify({ wanted, found })}`)
}

/** One mail for each burst about somebody who is to get one, at least, and no request that a limit of a network kept back. */
async function expectBursts(databaseUrl: string, scenario: Scenario): Promise<void> {
  const refused = await query(databaseUrl, `SELECT 1 FROM "Event" WHERE "via" = 'reset_request'`)
  if (refused.length > 0) throw new Error('A request of a burst met a limit')
  for (const outcome of scenario.cases.map((each) => outcomeOf(scenario.page, each))) {
    const mails = await query(
      databaseUrl,
      `SELECT 1 FROM "Mail" WHERE coalesce("template", "state"::text) = '${outcome}'`,
    )
    if (mails.length < roundsOf(scenario)) throw new Error(`Too few mails became ${outcome}: ${mails.length}`)
  }
}

/** What the log or the outbox calls it. */
function outcomeOf(page: Scenario['page'], { standing, mistaken, locked }: Case): string {
  if (page === 'login') return locked ? 'authn_login_lock' : 'authn_login_fail'
  if (page === 'account/change-email') return standing === 'confirmed' ? 'account_exists' : 'new_email'
  if (page === 'signup') return standing === 'confirmed' ? 'account_exists' : 'verify_address'
  if (page === 'signup/resend' && standing !== 'unknown')
    return standing === 'pending' ? 'verify_address' : 'account_exists'
  if (standing === 'unknown' || standing === 'pending') return 'dropped'
  return mistaken ? 'request_mismatch' : 'reset_password'
}
