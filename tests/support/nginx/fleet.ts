import { type App, startApp } from '@/tests/support/app/app'
import type { Service } from '@/tests/support/app/service'
import { type Nginx, startNginx } from '@/tests/support/nginx/nginx'
import { startVisitors, type Visitors } from '@/tests/support/nginx/visitors'
import { query } from '@/tests/support/postgres/query'

type Four<Value> = [Value, Value, Value, Value]

/** Between which times a process was ended, as `performance.now()`. */
export type Ending = { from: number; to: number }

/** Four processes of a service behind nginx, as their visitors reach them. */
export type Fleet = Service & {
  nginx: Nginx
  visitors: Visitors
  /** Ends one of the four, and returns when it runs again. */
  replace(index: number, signal: NodeJS.Signals): Promise<Ending>
}

/** Puts three more processes beside the one of a service, and nginx in front of them all. */
export async function useFleet(service: Service, use: (fleet: Fleet) => Promise<void>): Promise<void> {
  const start = (port?: number) =>
    startApp({ env: service.settings, migrated: true, ...(port === undefined ? {} : { port }) })
  const running: Four<App> = [service.app, ...(await Promise.all([start(), start(), start()]))]
  const former: App[] = []
  const replace = async (index: number, signal: NodeJS.Signals) => {
    const app = running[index % 4] as App
    const from = performance.now()
    await app.stop(signal)
    const to = performance.now()
    former.push(app)
    running[index % 4] = await start(app.port)
    return { from, to }
  }
  await useNginx(service, running.map(({ port }) => port) as Four<number>, (behind) => use({ ...behind, replace }))
  const [first, ...others] = running
  await Promise.all(others.map((app) => app.stop()))
  // What they all wrote is searched with what the first did.
  service.app = { ...first, log: () => [...former, ...running].map((app) => app.log()).join('') }
}

/** Puts nginx in front of processes of a service. */
export async function useNginx(
  service: Service,
  ports: Four<number>,
  use: (behind: Service & Pick<Fleet, 'nginx' | 'visitors'>) => Promise<void>,
): Promise<void> {
  const name = new URL(service.origin).hostname
  const nginx = await startNginx(name, ports)
  const visitors = await startVisitors(name, nginx)
  await use({ ...service, url: visitors.url, nginx, visitors })
  await visitors.close()
  await nginx.stop()
}

/** As if a lease lasted fifteen seconds and not a minute, so that what a killed worker held is taken up sooner. */
export async function shortenLeases({ databaseUrl }: Pick<Service, 'databaseUrl'>): Promise<void> {
  await query(
    databaseUrl,
    `UPDATE "Mail" SET "leasedUntil" = now() WHERE "leasedUntil" BETWEEN now() AND now() + interval '45 seconds'`,
  )
}
