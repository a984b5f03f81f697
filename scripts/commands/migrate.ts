import { recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { migrate } from '@/prisma/migrate'
import { migrationStatus } from '@/prisma/migration-status'
import type { Command } from '@/scripts/commands/command'
import { progress } from '@/scripts/commands/progress'

export const migrateCommand: Command = {
  name: 'migrate',
  does: 'Brings the database up to the newest migration.',
  async run({ operator }) {
    progress('Migrating …')
    const applied = await migrate()
    if (applied.length > 0) await recordEvent(await db(), 'authz_admin', { operator, via: 'migrate' })
    return { data: { applied }, text: applied.length > 0 ? applied : ['The database is up to date.'] }
  },
}

export const migrateStatus: Command = {
  name: 'migrate status',
  does: 'Says which migrations are applied, pending, unfinished or unknown to this release. Code 1 when one is pending.',
  async run() {
    const status = await migrationStatus()
    const lines = Object.entries(status).flatMap(([state, names]) =>
      names.map((name) => `${state.padEnd(10)}  ${name}`),
    )
    return { data: status, text: lines, fault: status.pending.length > 0 }
  },
}
