import { Prisma } from '@/lib/db/generated/client'

/** In SQL, so many seconds before now, or after it where there are fewer than none. */
export function ago(seconds: number): Prisma.Sql {
  return Prisma.sql`now() - ${seconds}::int * interval '1 second'`
}
