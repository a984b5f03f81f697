import type { Instrumentation } from 'next'
import { noteFailure } from '@/lib/http/failed-requests'

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { takeLastConnections } = await import('@/lib/worker/last-connections')
  takeLastConnections()
  const { checkConfiguration, startProcess } = await import('@/lib/worker/start')
  await checkConfiguration()
  // Before what takes its time: who comes meanwhile waits in line.
  const { isFunction } = await import('@/lib/platform')
  if (!isFunction() && process.env.NODE_ENV !== 'development') (await import('@/lib/http/gate')).keepGate()
  const { beginTelemetry } = await import('@/lib/opentelemetry/begin')
  await beginTelemetry()
  await startProcess()
  await shortenWarnings()
}

/** Logs an error that no form caught, with the reference that the crash page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, { headers }) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { digest } = error as { digest?: string }
  // At once: the page that says so is made meanwhile.
  noteFailure(String(headers['x-request-id']), digest ?? '')
  const { inRequest, logError } = await import('@/lib/log')
  const { requestIdOf } = await import('@/lib/http/request-id')
  const request = requestIdOf(new Headers({ 'x-request-id': String(headers['x-request-id'] ?? '') }))
  inRequest(request, () => logError('request_failed', error, digest))
}

/** Next warns with a stack of every action that it does not know, which any stranger can ask for. */
async function shortenWarnings(): Promise<void> {
  const { logEvent } = await import('@/lib/log')
  const warn = console.warn
  console.warn = (...said: unknown[]) => {
    if (said[0] instanceof Error && /\bServer Actions?\b/.test(said[0].message))
      logEvent('input_validation_fail', { fields: 'action' })
    else warn(...said)
  }
}
