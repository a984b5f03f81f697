import { ConfigurationError } from '@/lib/env'

/** What a deployer can put right, by name: a command loads only what it needs. */
const forDeployers = ['DatabaseInUseError', 'MigrationError']

/** Runs a command and ends with it. What a deployer can put right ends it with code 1 and is said in words, without a stack. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work()
    // A connection that is kept would hold the process for a while.
    process.exit()
  } catch (error) {
    if (!(error instanceof ConfigurationError) && !forDeployers.includes((error as Error).name)) throw error
    console.error((error as Error).message)
    process.exit(1)
  }
}
