import '@/scripts/load-env'
import { existsSync } from 'node:fs'
import { runCommand } from '@/scripts/run-command'

// The operators' command line: docs/operations.md names its commands.
await runCommand(async () => {
  // Whoever reads may have read enough.
  process.stdout.on('error', () => {})
  if (!existsSync('lib/db/generated')) {
    console.error('The database client has not been generated. Run first: npm run generate')
    process.exitCode = 1
    return
  }
  const { runCommandLine } = await import('@/scripts/commands/run-command-line')
  process.exitCode = await runCommandLine(process.argv.slice(2))
})
