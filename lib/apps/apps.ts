import type { App } from '@/lib/app-list'
import { env } from '@/lib/env'

/** Whether the operator names any application. */
export function hasApps(): boolean {
  return env().apps.length > 0
}

/** The application of this id, or null. */
export function findApp(id: unknown): App | null {
  return env().apps.find((app) => app.id === id) ?? null
}

/** The applications that want to hear what becomes of accounts, by their ids. */
export function listeningApps(): string[] {
  return env()
    .apps.filter(({ events_url }) => events_url)
    .map(({ id }) => id)
}
