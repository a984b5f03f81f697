import { readFileSync } from 'node:fs'
import type { Locale } from '@/lib/i18n/locales'
import type pages from '@/messages/fr.json'
import type mails from '@/messages/mail/fr.json'

/** The texts of the pages in one language. */
export function pageTexts(locale: Locale): typeof pages {
  return JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8'))
}

/** The texts of the mails in one language. */
export function mailTexts(locale: Locale): typeof mails {
  return JSON.parse(readFileSync(`messages/mail/${locale}.json`, 'utf8'))
}

/** A text of the pages by its place in the catalogue, such as `login.title`, with its `{arguments}` filled in. */
export function say(locale: Locale, key: string, values: Record<string, string | number> = {}): string {
  let text: unknown = pageTexts(locale)
  for (const part of key.split('.')) text = (text as Record<string, unknown> | undefined)?.[part]
  if (typeof text !== 'string') throw new Error(`no text at ${key}`)
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}
