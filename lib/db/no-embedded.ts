import { ConfigurationError } from '@/lib/env'

/** Stands in the place of the embedded database in what is built for a deployment, so that none of it is shipped there. */
export async function openEmbedded(): Promise<never> {
  throw new ConfigurationError([
    'DATABASE_URL is missing. This build has no embedded database: give the URL of a Postgres',
  ])
}

export class DatabaseInUseError extends Error {}
