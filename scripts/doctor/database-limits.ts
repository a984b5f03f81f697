import { ofDatabase, warning, well } from '@/scripts/doctor/check'

const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'] as const

type Setting = { name: (typeof names)[number]; value: string }

/** Whether a statement that hangs is ended by the server: a pooler takes no limits with a connection, so the role has them. */
export const databaseLimits = ofDatabase('database limits', async (ask, { databaseUrl }) => {
  if (databaseUrl === null) return well('an embedded database needs none')
  const settings = await ask<Setting>(
    `SELECT "name", current_setting("name") AS "value" FROM unnest(ARRAY['${names.join("','")}']) AS "name"`,
  )
  const seen = settings.map(({ name, value }) => `${name} ${value}`).join(', ')
  if (settings.every(({ value }) => value !== '0')) return well(seen)
  return warning(
    seen,
    'A pooler took the limits of the connection away. Give them to the role: docs/deploy.md, Behind a pooler.',
  )
})
