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
