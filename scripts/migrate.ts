import '@/scripts/load-env'
import { runCommand } from '@/scripts/run-command'

const [command = 'up', ...rest] = process.argv.slice(2)

await runCommand(async () => {
  if (command === 'status' && rest.length === 0) return showStatus()
  if (command === 'up' && rest.length === 0) return bringUp()
  console.error('Usage: npm run migrate, or npm run migrate -- status')
  process.exitCode = 1
})

async function bringUp(): Promise<void> {
  const { migrate } = await import('@/prisma/migrate')
  const applied = await migrate()
  console.log(applied.length > 0 ? `Migrated: ${applied.join(', ')}` : 'The database is up to date.')
}

/** Ends with code 1 when something is to be applied. */
async function showStatus(): Promise<void> {
  const { migrationStatus } = await import('@/prisma/migration-status')
  const status = await migrationStatus()
  for (const [state, names] of Object.entries(status)) console.log(`${state}: ${names.join(', ') || 'none'}`)
  process.exitCode = status.pending.length > 0 ? 1 : 0
}
