import { db, type Transaction } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { Locale } from '@/lib/i18n/locales'
import { sessionPolicy } from '@/lib/policy'

/** Whether the language was changed within the longest life of a session. */
const isNew = Prisma.sql`"localeSince" > now() - ${sessionPolicy.absoluteSeconds}::int * interval '1 second'`

/** What an UPDATE of "Account" sets to make `locale` the language; to be left out where it is that already. */
export function languageOf(locale: Locale | null): Prisma.Sql {
  return Prisma.sql`"formerLocale" = CASE WHEN ${isNew} THEN "formerLocale" ELSE "locale" END, "localeSince" = now(), "locale" = ${locale}`
}

/** Sets the language of an account's pages and mails, of notices in thirty days. */
export async function changeLanguage(accountId: string, locale: Locale): Promise<void> {
  const client = await db()
  await client.$executeRaw`
    UPDATE "Account" SET ${languageOf(locale)} WHERE "id" = ${accountId}::uuid AND "locale" <> ${locale}`
}

/**
 * The language of a notice: the one that the account had before any session of today began, for whoever signed in with a
 * stolen password must not choose the words by which its owner is told.
 */
export async function getNoticeLanguage(tx: Transaction, accountId: string): Promise<string> {
  const [account] = await tx.$queryRaw<{ locale: string }[]>`
    SELECT CASE WHEN ${isNew} THEN "formerLocale" ELSE "locale" END AS "locale" FROM "Account" WHERE "id" = ${accountId}::uuid`
  if (!account) throw new Error('a notice to no account')
  return account.locale
}
