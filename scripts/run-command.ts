import { DatabaseInUseError } from '@/lib/db/embedded'
import { ConfigurationError } from '@/lib/env'
import { MigrationError } from '@/prisma/migrate'

const forDeployers = [ConfigurationError, DatabaseInUseError, MigrationError]

/** Runs a command and ends with it. What a deployer can put right ends it with code 1 and is said in words, without a stack. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work()
    // Prisma's schema engine leaves a timer behind that would hold the process for ten seconds more.
    process.exit()
  } catch (error) {
    if (!forDeployers.some((kind) => error instanceof kind)) throw error
    console.error((error as Error).message)
    process.exit(1)
  }
}
