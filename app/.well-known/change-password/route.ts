import { defaultLocale } from '@/lib/i18n/locales'

// Password managers come here to find the form (W3C, A Well-Known URL for Changing Passwords).
export function GET(): Response {
  return new Response(null, { status: 303, headers: { location: `/${defaultLocale}/account/change-password` } })
}
