import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { startApp } from '@/tests/support/app/app'
import { shownAppSettings } from '@/tests/support/apps/shown-app'
import type { PostgresServer } from '@/tests/support/postgres/server'
import { changedBuild } from '@/tests/timing/builds'
import type { Scenario } from '@/tests/timing/scenarios'
import { measuredSettings } from '@/tests/timing/settings'

/** The application as a scenario wants it, fresh, on an empty database. */
export type Stage = { url: string; port: number; databaseUrl: string; secret: string; close(): Promise<void> }

export async function setStage(
  postgres: PostgresServer,
  { provider = 'well', build = 'as it is', crowd = false, forApp = false }: Scenario,
): Promise<Stage> {
  const sender = fork('tests/timing/provider.ts', [provider])
  const [resendUrl] = await once(sender, 'message')
  if (provider === 'down') await once(sender, 'exit')
  const databaseUrl = await postgres.createDatabase(randomBytes(8).toString('hex'))
  const root = build === 'as it is' ? undefined : await changedBuild(build)
  const env = { ...measuredSettings(databaseUrl, String(resendUrl)), ...(forApp && shownAppSettings) }
  const app = await startApp({ env, ...(root ? { root } : {}) })
  const others = crowd ? fork('tests/timing/crowd.ts', [app.url]) : null
  return {
    url: app.url,
    port: app.port,
    databaseUrl,
    secret: env.APP_SECRET,
    async close() {
      if (others?.connected) others.disconnect()
      await app.stop()
      if (sender.connected) sender.disconnect()
      if (root) await rm(root, { recursive: true })
    },
  }
}
