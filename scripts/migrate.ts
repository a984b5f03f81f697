import { migrate } from '@/prisma/migrate'
import { runCommand } from '@/scripts/run-command'

await runCommand(async () => {
  const applied = await migrate()
  console.log(applied.length > 0 ? `Migrated: ${applied.join(', ')}` : 'The database is up to date.')
})
