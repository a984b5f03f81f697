import { fault, ofDatabase, well } from '@/scripts/doctor/check'

/** Whether the user of the database may read and write every table of the service. */
export const grants = ofDatabase('grants', async (ask) => {
  const lacking = await ask<{ table: string; right: string }>(`
    SELECT c.relname AS "table", "right" FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS "right"
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
      AND NOT has_table_privilege(c.oid, "right")
    ORDER BY 1, 2`)
  if (lacking.length === 0) return well('may read and write every table')
  const tables = [...new Set(lacking.map(({ table }) => table))]
  return fault(
    `lacks ${[...new Set(lacking.map(({ right }) => right))].join(', ')} on ${tables.join(', ')}`,
    'As the owner of the tables: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO the user of DATABASE_URL',
  )
})
