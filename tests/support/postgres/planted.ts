import type { Service } from '@/tests/support/app/service'
import { query } from '@/tests/support/postgres/query'

/** A change to the rows of a table: it fails at once, or at the commit. */
export type Place = { when: string; table: string; only?: string; atCommit?: true }

/** Makes a place fail with a code, so many times; null makes it slow instead. A sequence counts the tries, which outlives a rollback. */
export async function plant(
  service: Service,
  { when, table, only = '', atCommit }: Place,
  code: string | null,
  times = 1_000,
) {
  await uproot(service)
  const fault = code ? `RAISE 'planted' USING ERRCODE = '${code}'` : 'PERFORM pg_sleep(60)'
  const kind = atCommit ? 'CONSTRAINT TRIGGER' : 'TRIGGER'
  await query(
    service.databaseUrl,
    `CREATE SEQUENCE tries;
    CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('tries') <= ${times} THEN ${fault}; END IF; RETURN NULL; END $$;
    CREATE ${kind} planted AFTER ${when} ON "${table}" ${atCommit ? 'DEFERRABLE INITIALLY DEFERRED' : ''}
      FOR EACH ROW ${only} EXECUTE FUNCTION planted()`,
  )
}

/** Takes away what was planted. */
export async function uproot({ databaseUrl }: Service): Promise<void> {
  await query(databaseUrl, 'DROP FUNCTION IF EXISTS planted() CASCADE; DROP SEQUENCE IF EXISTS tries')
}

/** How often the place was reached since then. */
export async function tries({ databaseUrl }: Service): Promise<number> {
  return Number((await query(databaseUrl, 'SELECT last_value FROM tries'))[0]?.last_value)
}
