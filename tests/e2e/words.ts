import { readFileSync } from 'node:fs'
import type { Locale } from '@/lib/i18n/locales'

/** A text of the pages by its place in the catalogue, such as `login.title`, with its `{arguments}` filled in. */
export function say(locale: Locale, key: string, values: Record<string, string | number> = {}): string {
  let text: unknown = JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8'))
  for (const part of key.split('.')) text = (text as Record<string, unknown> | undefined)?.[part]
  if (typeof text !== 'string') throw new Error(`no text at ${key}`)
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}
