import { setTimeout as sleep } from 'node:timers/promises'
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { isWanted, type Protocol, protocolOf } from '@/lib/opentelemetry/begin'
import { cleanSpan } from '@/lib/opentelemetry/clean-span'
import { telemetryOf } from '@/lib/opentelemetry/telemetry'
import { watched } from '@/lib/opentelemetry/watched'
import { setTelemetry } from '@/lib/telemetry'

const lastFlushMs = 500

/**
 * Begins to send traces and metrics by OTLP, as the standard variables OTEL_* say. What they leave open is the SDK's default.
 * Loads the SDK, so it is not to be called unless somebody wants it.
 */
export async function startTelemetry(): Promise<void> {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'metamots-account-access' }))
    .merge(detectResources({ detectors: [envDetector] }))
  const traces = isWanted('TRACES') ? await traceExporter(protocolOf('TRACES')) : null
  const tracing = new NodeTracerProvider({ resource, spanProcessors: traces ? [new BatchSpanProcessor(traces)] : [] })
  if (traces) tracing.register()
  const readers = isWanted('METRICS') ? [await metricReader(protocolOf('METRICS'))] : []
  const metering = new MeterProvider({ resource, readers })
  const flush = async () => {
    await Promise.allSettled([tracing.forceFlush(), metering.forceFlush()])
  }
  setTelemetry(telemetryOf(metering, flush))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => flushBeforeExit(flush))
}

/** The server ends its process at once when it has answered all: that waits for the last counts, but not for long. */
function flushBeforeExit(flush: () => Promise<void>): void {
  const exit = process.exit.bind(process)
  const exitLater = (code?: number | string | null) => {
    void Promise.race([flush(), sleep(lastFlushMs)]).then(() => exit(code))
  }
  process.exit = exitLater as typeof process.exit
}

async function traceExporter(protocol: Protocol) {
  const { OTLPTraceExporter } = await (protocol === 'http/json'
    ? import('@opentelemetry/exporter-trace-otlp-http')
    : import('@opentelemetry/exporter-trace-otlp-proto'))
  const exporter = watched('traces', new OTLPTraceExporter())
  const send = exporter.export.bind(exporter)
  exporter.export = (spans, done) => send(spans.map(cleanSpan), done)
  return exporter
}

async function metricReader(protocol: Protocol) {
  const { OTLPMetricExporter } = await (protocol === 'http/json'
    ? import('@opentelemetry/exporter-metrics-otlp-http')
    : import('@opentelemetry/exporter-metrics-otlp-proto'))
  const exportIntervalMillis = Number(process.env.OTEL_METRIC_EXPORT_INTERVAL) || 60_000
  const timeout = Number(process.env.OTEL_METRIC_EXPORT_TIMEOUT) || 30_000
  return new PeriodicExportingMetricReader({
    exporter: watched('metrics', new OTLPMetricExporter()),
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(timeout, exportIntervalMillis),
  })
}
