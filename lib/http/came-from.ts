import type { App } from '@/lib/app-list'
import { appOf, appRequestOf } from '@/lib/apps/app-request'
import { findApp, hasApps } from '@/lib/apps/apps'
import { env } from '@/lib/env'
import { readCookie, setCookie } from '@/lib/http/cookies'
import { appPolicy } from '@/lib/policy'

/** Has a browser that is led to the sign-in page remember for an hour which application it came from. Only in routes. */
export async function keepCameFrom(location: string | null): Promise<void> {
  if (location === null) return
  const next = appRequestOf(new URL(location, env().appUrl).searchParams.get('next'))
  const app = next && appOf(next)
  if (app?.initiate_login_uri) await setCookie('came-from', app.id, appPolicy.cameFromSeconds)
}

/** The application that this browser came from, and where a sign-in to it begins anew; null where there is none. */
export async function cameFrom(): Promise<{ app: string; href: string } | null> {
  if (!hasApps()) return null
  const { name, initiate_login_uri: href }: Partial<App> = findApp(await readCookie('came-from')) ?? {}
  if (!name || !href) return null
  const begin = new URL(href)
  begin.searchParams.set('iss', env().appUrl)
  return { app: name, href: begin.href }
}
