import { db } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/locales'

/** Sets the language of an account's pages and mails. */
export async function changeLanguage(accountId: string, locale: Locale): Promise<void> {
  const client = await db()
  await client.account.update({ where: { id: accountId }, data: { locale }, select: { id: true } })
}
