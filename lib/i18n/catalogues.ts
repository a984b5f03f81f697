import type { Locale } from '@/lib/i18n/locales'
import type pages from '@/messages/fr.json'
import type mails from '@/messages/mail/fr.json'

/** The texts of the pages in one language. French is the source; `tools/check-messages.ts` holds the others to its keys. */
export async function pageTexts(locale: Locale): Promise<typeof pages> {
  return (await import(`../../messages/${locale}.json`)).default
}

/** The texts of the mails in one language, held to the French ones in the same way. */
export async function mailTexts(locale: Locale): Promise<typeof mails> {
  return (await import(`../../messages/mail/${locale}.json`)).default
}

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: typeof pages
  }
}
