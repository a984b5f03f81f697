import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { startApp } from '@/tests/support/app/app'
import type { Service } from '@/tests/support/app/service'

/** A process whose clock can be put forward and back while it runs. */
export type Skewed = Service & { skew(hours: number): Promise<void> }

/** Runs `work` with another process of the service, whose clock differs by so many hours. */
export async function withSkewed(
  service: Service,
  hours: number,
  work: (skewed: Skewed) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clock-'))
  const file = path.join(folder, 'skew')
  const skew = (hours: number) => writeFile(file, String(hours * 3_600_000))
  await skew(hours)
  const preloaded = `${service.settings.NODE_OPTIONS} --import=${pathToFileURL('tests/support/app/skewed-clock.mjs')}`
  const app = await startApp({
    env: { ...service.settings, NODE_OPTIONS: preloaded, CLOCK_SKEW_FILE: file },
    migrated: true,
  })
  try {
    await work({ ...service, app, url: app.url, skew })
  } finally {
    await app.stop()
    await rm(folder, { recursive: true })
  }
}
