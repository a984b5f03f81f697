import { visitorLocale } from '@/lib/http/visitor-locale'

// Password managers come here to find the form (W3C, A Well-Known URL for Changing Passwords).
export async function GET(): Promise<Response> {
  const location = `/${await visitorLocale()}/account/change-password`
  return new Response(null, { status: 303, headers: { location } })
}
