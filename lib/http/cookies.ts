import { cookies } from 'next/headers'
import { env } from '@/lib/env'

type CookieName = 'session' | 'reset' | 'verify'

/** The value of one of our cookies, or null. */
export async function readCookie(name: CookieName): Promise<string | null> {
  return (await cookies()).get(fullName(name))?.value ?? null
}

/** Sets one of our cookies for this browser session, or for `seconds`. Only in actions and routes. */
export async function setCookie(name: CookieName, value: string, seconds?: number): Promise<void> {
  const jar = await cookies()
  jar.set(fullName(name), value, { ...attributes(), ...(seconds === undefined ? {} : { maxAge: seconds }) })
}

/** Removes one of our cookies. Only in actions and routes. */
export async function clearCookie(name: CookieName): Promise<void> {
  const jar = await cookies()
  jar.set(fullName(name), '', { ...attributes(), maxAge: 0 })
}

const attributes = () => ({ httpOnly: true, secure: env().mode === 'deployed', sameSite: 'lax' as const, path: '/' })

/** Safari drops Secure cookies on plain http, so the prefix that demands it is for https alone. */
function fullName(name: CookieName): string {
  return env().mode === 'deployed' ? `__Host-${name}` : name
}
