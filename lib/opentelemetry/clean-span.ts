import type { Attributes, SpanContext } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node'

/** What our own spans are made by: their names are words of the code. */
export const tracerName = 'metamots'

/** The only attributes that leave this process, and what they must look like: what the framework writes beside them may hold links. */
const harmless: Record<string, RegExp> = {
  'http.method': /^[A-Z]{3,7}$/,
  'http.route': /^(\/[\w\-.()[\]]{0,30})+$/,
  'http.status_code': /^\d{3}$/,
  'next.span_type': /^[A-Za-z.]{1,60}$/,
  'next.rsc': /^(true|false)$/,
  'error.type': /^\w{1,40}$/,
  'metamots.request': /^[\da-f-]{16,64}$/i,
}

/** The same span without all that may be somebody's: URLs, clients, messages of errors, what a caller's trace state says. */
export function cleanSpan(span: ReadableSpan): ReadableSpan {
  const { kind, startTime, endTime, duration, ended, resource, instrumentationScope } = span
  const context = span.spanContext()
  return {
    name: nameOf(span),
    kind,
    startTime,
    endTime,
    duration,
    ended,
    resource,
    instrumentationScope,
    spanContext: () => withoutState(context),
    ...(span.parentSpanContext && { parentSpanContext: withoutState(span.parentSpanContext) }),
    status: { code: span.status.code },
    attributes: harmlessOf(span.attributes),
    links: [],
    events: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  }
}

/** After the route, or the kind of work, never after what was asked for. */
function nameOf({ name, attributes, instrumentationScope }: ReadableSpan): string {
  if (instrumentationScope.name === tracerName) return name
  const { 'http.method': method, 'http.route': route, 'next.span_type': type } = harmlessOf(attributes)
  return method && route ? `${method} ${route}` : String(type ?? 'unknown')
}

function harmlessOf(attributes: Attributes): Attributes {
  const kept = Object.entries(attributes).filter(([name, value]) => harmless[name]?.test(String(value)))
  return Object.fromEntries(kept)
}

function withoutState({ traceId, spanId, traceFlags, isRemote }: SpanContext): SpanContext {
  return { traceId, spanId, traceFlags, ...(isRemote !== undefined && { isRemote }) }
}
