import type { App } from '@/lib/app-list'
import { env } from '@/lib/env'

/** The application of this id, or null. */
export function findApp(id: unknown): App | null {
  return env().apps.find((app) => app.id === id) ?? null
}
