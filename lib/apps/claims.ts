import { identityOfAccount } from '@/lib/accounts/identity'
import { ask } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'

/** What applications are told of an account; undefined when there is none. */
export async function accountOf(id: string) {
  const [account] = await ask<{
    id: string
    email: string
    firstName: string
    lastName: string
    locale: string
  }>(Prisma.sql`
    SELECT a."id", ${identityOfAccount}, a."locale" FROM "Account" a WHERE a."id" = ${id}::uuid`)
  if (!account) return undefined
  const { email, firstName, lastName, locale } = account
  const claims = {
    sub: account.id,
    email,
    email_verified: true,
    given_name: firstName,
    family_name: lastName,
    name: `${firstName} ${lastName}`,
    locale,
  }
  return { accountId: account.id, claims: () => claims }
}
