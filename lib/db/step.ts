import { Prisma } from '@/lib/db/generated/client'

/**
 * How many rows one statement of the upkeep takes, so that it is over long before the time it has. In SQL as a number in the text: by a
 * parameter the database would plan for any, and read the whole table.
 */
export const step = { rows: 2_000, limit: Prisma.sql`LIMIT 2000` }

/** The same of rows whose end writes others. */
export const smallStep = { rows: 200, limit: Prisma.sql`LIMIT 200` }
