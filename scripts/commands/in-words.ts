import { isOverload } from '@/lib/db/client'
import { logError } from '@/lib/log'
import { RefusedError } from '@/scripts/commands/command'
import { databaseFault } from '@/scripts/commands/database-faults'

/** Errors whose message is for whoever runs the command, by name. */
const forOperators: Record<string, string> = {
  UsageError: 'usage',
  ConfigurationError: 'configuration',
  DatabaseInUseError: 'database_in_use',
  MigrationError: 'migration',
}

/** A failure for people and a code for scripts: no stack, and no message that may quote data. */
export function inWords(error: unknown): { code: string; message: string } {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' }
  if (error instanceof RefusedError) return { code: error.code, message }
  const code = forOperators[name]
  if (code !== undefined) return { code, message }
  const fault = databaseFault(error)
  if (fault) return fault
  if (isOverload(error)) return { code: 'busy', message: 'The database had no connection or no time left. Try again.' }
  const reference = logError('command_failed', error)
  return { code: 'unexpected', message: `It failed for a reason nobody thought of. Its reference: ${reference}` }
}
