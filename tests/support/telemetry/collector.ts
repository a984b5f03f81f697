import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

type Point = { asInt?: number | string; asDouble?: number; count?: number | string }
type Metric = {
  name: string
  sum?: { dataPoints: Point[] }
  gauge?: { dataPoints: Point[] }
  histogram?: { dataPoints: Point[] }
}
type Metrics = { resourceMetrics?: { scopeMetrics: { metrics: Metric[] }[] }[] }
type Traces = { resourceSpans?: { scopeSpans: { spans: { name: string; traceId: string }[] }[] }[] }

/** What the application told by OTLP, as JSON. */
export type Collector = {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  url: string
  /** All that came, as it came. */
  text(): string
  spans(): { name: string; traceId: string }[]
  /** How often something was counted or measured, by what was told last; 0 when it was not told. */
  total(name: string): number
  close(): Promise<void>
}

/** Starts an imitation of an OpenTelemetry collector that takes JSON over HTTP. */
export async function startCollector(): Promise<Collector> {
  const bodies: Record<string, string[]> = { '/v1/traces': [], '/v1/metrics': [] }
  const server = createServer(async (request, response) => {
    const kept = bodies[request.url ?? '']
    const body = (await buffer(request)).toString()
    kept?.push(body)
    response.writeHead(kept ? 200 : 404, { 'content-type': 'application/json' }).end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const told = (path: string) => bodies[path] ?? []
  return {
    url: `http://127.0.0.1:${port}`,
    text: () => Object.values(bodies).flat().join('\n'),
    spans: () =>
      told('/v1/traces')
        .flatMap((body) => (JSON.parse(body) as Traces).resourceSpans ?? [])
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    total: (name) => Math.max(0, ...told('/v1/metrics').map((body) => totalIn(JSON.parse(body) as Metrics, name))),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function totalIn({ resourceMetrics = [] }: Metrics, name: string): number {
  return resourceMetrics
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
    .filter((metric) => metric.name === name)
    .flatMap(({ sum, gauge, histogram }) => (sum ?? gauge ?? histogram)?.dataPoints ?? [])
    .reduce((total, { asInt, asDouble, count }) => total + Number(asInt ?? asDouble ?? count), 0)
}
