import type { Locale } from '@/lib/i18n/locales'
import en from '@/messages/en.json'
import fr from '@/messages/fr.json'

/** The texts of the pages. French is the source: a catalogue that lacks one of its keys does not compile. */
export const catalogues: Record<Locale, typeof fr> = { fr, en }

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: typeof fr
  }
}
