import { closeAccount } from '@/lib/accounts/close-account'
import { db } from '@/lib/db/client'
import { accountOf, newCaller } from '@/tests/support/accounts/people'
import type { Person } from '@/tests/support/person'

/** Asks for somebody's account to be closed. */
export async function closeAs(person: Person, currentPassword = person.password) {
  return closeAccount((await accountOf(person)).id, { currentPassword }, newCaller(), 'fr')
}

/** How long somebody's account still has; null when it is not closing. */
export async function secondsLeft({ email }: Person): Promise<number | null> {
  const [row] = await (await db()).$queryRaw<{ left: number | null }[]>`
    SELECT extract(epoch FROM "closesAt" - now())::float8 AS "left" FROM "Account" WHERE "email" = ${email}`
  return row?.left ?? null
}

/** As if seven days had passed for every account that is closing. */
export async function passWeek(): Promise<void> {
  await (await db()).$executeRaw`UPDATE "Account" SET "closesAt" = "closesAt" - interval '7 days'`
}
