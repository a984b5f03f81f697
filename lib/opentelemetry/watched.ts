import { logEvent } from '@/lib/log'

type Answer = { code: number; error?: Error }
type Exporter<Items> = { export(items: Items, done: (answer: Answer) => void): void }

/** The same exporter, but the log says when it begins to fail: a collector that is away stops nothing else. */
export function watched<Items, Kind extends Exporter<Items>>(signal: string, exporter: Kind & Exporter<Items>): Kind {
  const send = exporter.export.bind(exporter)
  let hasFailed = false
  exporter.export = (items, done) =>
    send(items, (answer) => {
      const fails = answer.code !== 0
      if (fails && !hasFailed) logEvent('telemetry_not_sent', { signal, reason: answer.error?.name ?? 'unknown' })
      hasFailed = fails
      done(answer)
    })
  return exporter
}
