import { statusOf } from '@/prisma/migration-status'
import { fault, ofDatabase, warning, well } from '@/scripts/doctor/check'

/** Whether the tables are those of this release. */
export const migrations = ofDatabase('migrations', async (ask) => {
  const { applied, pending, unfinished, unknown } = await statusOf(ask)
  if (unfinished.length > 0)
    return fault(`unfinished: ${unfinished.join(', ')}`, 'Run: npm run metamots -- migrate, and mend what it says.')
  if (pending.length > 0) return fault(`pending: ${pending.join(', ')}`, 'Run: npm run metamots -- migrate')
  if (unknown.length > 0)
    return warning(
      `applied, but not of this release: ${unknown.join(', ')}`,
      'A newer release runs, or ran, on this database. Use that one here.',
    )
  return well(`all ${applied.length} applied`)
})
