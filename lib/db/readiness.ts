import { db, isMissing } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { migrationNames } from '@/lib/db/migration-names'

/** What the service needs of its database, each by itself: `ok`, or in a word what is wrong. */
export type DatabaseChecks = {
  database: 'ok' | 'unreachable'
  /** Behind: not every migration of this release is applied. More than those do no harm. */
  migrations: 'ok' | 'behind' | 'unknown'
  writable: 'ok' | 'standby' | 'read_only' | 'not_granted' | 'unknown'
  /** Other: what a pooler cannot set and the role has otherwise, of time, search path or isolation. */
  settings: 'ok' | 'other' | 'unknown'
}

type Found = { isBehind: boolean; isStandby: boolean; isReadOnly: boolean; isGranted: boolean; isOurs: boolean }

/** Looks whether the database can be worked with, by one statement that reads no row of anybody. Throws nothing. */
export async function checkDatabase(): Promise<{ checks: DatabaseChecks; error: unknown }> {
  try {
    const [found] = await (await db()).$queryRaw<[Found]>`
      SELECT NOT ${migrationNames}::text[] <@ ARRAY(
          SELECT "migration_name"::text FROM public."_prisma_migrations"
          WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL
        ) AS "isBehind",
        pg_is_in_recovery() AS "isStandby",
        current_setting('transaction_read_only') = 'on' AS "isReadOnly",
        (
          SELECT bool_and(coalesce(has_table_privilege(to_regclass(format('public.%I', name)), privilege), false))
          FROM unnest(${tables}::text[]) AS name, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege
        ) AS "isGranted",
        current_setting('TimeZone') IN ('UTC', 'Etc/UTC', 'GMT') AND current_setting('DateStyle') LIKE 'ISO%'
          AND current_setting('transaction_isolation') = 'read committed'
          AND to_regclass('"Account"') IS NOT DISTINCT FROM to_regclass('public."Account"') AS "isOurs"`
    return { checks: verdictOn(found), error: null }
  } catch (error) {
    const database = isMissing(error) ? 'ok' : 'unreachable'
    const migrations = isMissing(error) ? 'behind' : 'unknown'
    return { checks: { database, migrations, writable: 'unknown', settings: 'unknown' }, error }
  }
}

const tables = Object.values(Prisma.ModelName)

function verdictOn({ isBehind, isStandby, isReadOnly, isGranted, isOurs }: Found): DatabaseChecks {
  return {
    database: 'ok',
    migrations: isBehind ? 'behind' : 'ok',
    writable: isStandby ? 'standby' : isReadOnly ? 'read_only' : isGranted ? 'ok' : 'not_granted',
    settings: isOurs ? 'ok' : 'other',
  }
}
