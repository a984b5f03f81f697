import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { expect, test } from 'vitest'
import { cleanSpan } from '@/lib/opentelemetry/clean-span'

const secret = 'q6Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyA'
const url = `/fr/reset-password/${secret}?email=jean@example.com`

test('of what the framework says of a request, only what names no link and nobody is left', () => {
  const cleaned = cleanSpan(spanOf(`GET ${url}`, { 'next.span_type': 'BaseServer.handleRequest', ...requested }))
  expect(cleaned.name).toBe('GET /[locale]/reset-password/[token]')
  expect(cleaned.attributes).toEqual({
    'next.span_type': 'BaseServer.handleRequest',
    'http.method': 'GET',
    'http.route': '/[locale]/reset-password/[token]',
    'http.status_code': 307,
  })
  expect(textOf(cleaned)).not.toMatch(/q6Zm9v|jean|203\.0|Firefox|vendor/)
})

test('a route that looks like a link is none, and what is unknown has no name', () => {
  const { name, attributes } = cleanSpan(
    spanOf(`fetch GET https://api.example${url}`, { 'http.route': url, 'http.url': url }),
  )
  expect([name, attributes]).toEqual(['unknown', {}])
})

test('an error tells its kind alone', () => {
  const cleaned = cleanSpan(spanOf('render', { 'next.span_type': 'AppRender.fetch', 'error.type': 'TypeError' }))
  expect(cleaned).toMatchObject({ name: 'AppRender.fetch', events: [], status: { code: SpanStatusCode.ERROR } })
  expect(cleaned.attributes).toEqual({ 'next.span_type': 'AppRender.fetch', 'error.type': 'TypeError' })
  expect(Object.keys(cleaned.status)).toEqual(['code'])
})

const requested = {
  'http.method': 'GET',
  'http.target': url,
  'http.url': `https://account.example${url}`,
  'http.route': '/[locale]/reset-password/[token]',
  'http.status_code': 307,
  'http.user_agent': 'Firefox',
  'net.peer.ip': '203.0.113.7',
  'next.span_name': `GET ${url}`,
}

/** A span as the SDK gives it to an exporter, with an error that quotes what it must not. */
function spanOf(name: string, attributes: Record<string, string | number>) {
  const exporter = new InMemorySpanExporter()
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const span = provider.getTracer('next.js').startSpan(name, { kind: SpanKind.SERVER, attributes })
  span.addEvent(`asked for ${url}`)
  span.recordException(new Error(`no such link: ${url}`))
  span.setStatus({ code: SpanStatusCode.ERROR, message: url })
  span.end()
  const [kept] = exporter.getFinishedSpans()
  if (!kept) throw new Error('no span was kept')
  return kept
}

function textOf({ name, attributes, events, status, links }: ReturnType<typeof cleanSpan>): string {
  return JSON.stringify({ name, attributes, events, status, links })
}
