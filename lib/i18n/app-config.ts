import type { Locale } from '@/lib/i18n/locales'
import type fr from '@/messages/fr.json'

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: typeof fr
  }
}
