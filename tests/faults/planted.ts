import type { Service } from '@/tests/e2e/service'
import { query } from '@/tests/support/postgres-admin'

/** What is done to the rows of a table, there and then or when it is committed. */
export type Place = { when: string; table: string; only?: string; atCommit?: true }

/** Has a place fail by a code the first so many times; by null, makes it last. What counts the tries outlives a rollback. */
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

/** How often the place was come to since. */
export async function tries({ databaseUrl }: Service): Promise<number> {
  return Number((await query(databaseUrl, 'SELECT last_value FROM tries'))[0]?.last_value)
}
