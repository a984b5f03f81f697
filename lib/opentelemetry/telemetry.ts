import { context, type Meter, type MeterProvider, SpanStatusCode, trace } from '@opentelemetry/api'
import { currentRequest } from '@/lib/log'
import { tracerName } from '@/lib/opentelemetry/clean-span'
import { countsOf } from '@/lib/opentelemetry/counts'
import type { Measure, Telemetry } from '@/lib/telemetry'

const units: Record<Measure, string> = {
  'metamots.gate.wait': 'ms',
  'metamots.hash.wait': 'ms',
  'metamots.hash.waiting': '{hash}',
  'metamots.database.wait': 'ms',
  'metamots.database.connections': '{connection}',
  'metamots.outbox.size': '{mail}',
  'metamots.outbox.oldest_age': 's',
}

/** What the code counts, measures and traces, as instruments of OpenTelemetry. */
export function telemetryOf(provider: MeterProvider, flush: () => Promise<void>): Telemetry {
  const meter = provider.getMeter(tracerName)
  const counter = once((name: string) => meter.createCounter(name))
  const instrument = once((measure: Measure) => instrumentOf(meter, measure))
  return {
    count(event, fields) {
      for (const { name, attributes } of countsOf(event, fields)) counter(name).add(1, attributes)
    },
    record(measure, value) {
      instrument(measure).record(value)
    },
    span: (name, work, root) => {
      const request = currentRequest()
      const attributes = request === null ? {} : { 'metamots.request': request }
      return trace.getTracer(tracerName).startActiveSpan(name, { attributes, root }, async (span) => {
        try {
          return await work()
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR })
          if (error instanceof Error) span.setAttribute('error.type', error.name)
          throw error
        } finally {
          span.end()
        }
      })
    },
    traceId: () => trace.getSpanContext(context.active())?.traceId,
    flush,
  }
}

/** The outbox is as it was last seen; all else is told by how it is spread. */
function instrumentOf(meter: Meter, measure: Measure) {
  const unit = units[measure]
  return measure.includes('.outbox.') ? meter.createGauge(measure, { unit }) : meter.createHistogram(measure, { unit })
}

function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
