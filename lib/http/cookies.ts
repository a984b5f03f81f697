import { cookies, headers } from 'next/headers'
import { env } from '@/lib/env'

type CookieName =
  | 'session'
  | 'device'
  | 'reset'
  | 'verify'
  | 'new-email'
  | 'not-me'
  | 'mail'
  | 'sent-to'
  | 'asked'
  | 'space'
  | 'came-from'

/** The value of one of our cookies, or null. */
export async function readCookie(name: CookieName): Promise<string | null> {
  return (await cookies()).get(fullName(name))?.value ?? null
}

/** Whether this browser sent any cookie. Every page gives it one, so a form that it opened comes without only where it keeps none. */
export async function keepsCookies(): Promise<boolean> {
  // `cookies()` holds what this answer sets as well.
  return Boolean((await headers()).get('cookie'))
}

/** Sets one of our cookies until the browser ends, as for `session`, or for `seconds`. Only in actions and routes. */
export async function setCookie(name: CookieName, value: string, seconds?: number): Promise<void> {
  const jar = await cookies()
  jar.set(fullName(name), value, { ...attributes(name), ...(seconds === undefined ? {} : { maxAge: seconds }) })
}

/** Removes one of our cookies. Only in actions and routes. */
export async function clearCookie(name: CookieName): Promise<void> {
  const jar = await cookies()
  jar.set(fullName(name), '', { ...attributes(name), maxAge: 0 })
}

const attributes = (name: CookieName) => ({
  httpOnly: true,
  secure: env().mode === 'deployed',
  sameSite: name === 'device' ? ('strict' as const) : ('lax' as const),
  path: '/',
})

/** Safari drops Secure cookies on plain http, so the prefix that demands it is for https alone. */
function fullName(name: CookieName): string {
  return env().mode === 'deployed' ? `__Host-${name}` : name
}
