import { expect, test } from 'vitest'
import { startCollector } from '@/tests/support/telemetry/collector'
import { startProgram } from '@/tests/support/vitest/program'

const loading = `
const { createRequire } = await import('node:module')
const { beginTelemetry } = await import('./lib/opentelemetry/begin.ts')
Object.assign(process.env, input)
await beginTelemetry()
const { cache } = createRequire(import.meta.url)
const loaded = Object.keys(cache).filter((file) => file.includes('@opentelemetry'))
console.log(JSON.stringify(loaded))
process.exit()`

/** What of OpenTelemetry a process has loaded that was started with these variables. */
async function loadedWith(variables: Record<string, string>): Promise<string[]> {
  return JSON.parse((await startProgram(loading, variables).line()) ?? 'null')
}

const serving = `
const { beginTelemetry } = await import('./lib/opentelemetry/begin.ts')
const { logEvent } = await import('./lib/log.ts')
Object.assign(process.env, input)
await beginTelemetry()
process.on('SIGTERM', () => process.exit(143))
setInterval(() => {}, 1_000)
logEvent('link_followed', { page: 'reset-password' })
console.log('ready')`

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }

test.each([
  ['no endpoint', { OTEL_SERVICE_NAME: 'accounts' }],
  ['an empty endpoint', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
  ['all of it turned off', { ...endpoint, OTEL_SDK_DISABLED: 'true' }],
  ['both exporters turned off', { ...endpoint, OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' }],
])('with %s nothing of OpenTelemetry is loaded', async (_, variables) => {
  expect(await loadedWith(variables)).toEqual([])
})

test('what was counted when a process is told to stop is sent before it ends', async () => {
  const collector = await startCollector()
  const program = startProgram(serving, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  })
  while ((await program.line()) !== 'ready');
  process.kill(program.pid, 'SIGTERM')
  expect(await program.ended).toBe(143)
  expect(collector.total('metamots.reset.opened')).toBe(1)
  await collector.close()
})

test('what cannot be begun is logged, and stops nothing', async () => {
  const program = startProgram(loading, { ...endpoint, OTEL_METRIC_EXPORT_INTERVAL: '-5' })
  expect(await program.line()).toContain('/sdk-metrics/')
  await program.ended
  expect(program.errors()).toContain('"event":"telemetry_failed"')
})

test('with an endpoint it is loaded, for the signals and the protocol that are asked for', async () => {
  const loaded = (await loadedWith({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).join('\n')
  expect(loaded).toContain('/sdk-metrics/')
  expect(loaded).toContain('/exporter-metrics-otlp-proto/')
  expect(loaded).not.toContain('/exporter-trace-otlp-')
  const json = { ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }
  expect((await loadedWith(json)).join('\n')).toContain('/exporter-trace-otlp-http/')
})
