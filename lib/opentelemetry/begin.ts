import { logError } from '@/lib/log'

type Signal = 'TRACES' | 'METRICS'
export type Protocol = 'http/json' | 'http/protobuf'

/**
 * Begins to send traces and metrics where the standard variables OTEL_* ask for them. Otherwise nothing of the SDK is loaded.
 * Never throws: that nobody can watch is logged, and stops nothing.
 */
export async function beginTelemetry(): Promise<void> {
  if (!isWanted('TRACES') && !isWanted('METRICS')) return
  try {
    const { startTelemetry } = await import('@/lib/opentelemetry/start')
    await startTelemetry()
  } catch (error) {
    logError('telemetry_failed', error)
  }
}

/** Whether a signal is asked for: it is said where to send it, and nothing turns it off. */
export function isWanted(signal: Signal): boolean {
  const endpoint = value('OTEL_EXPORTER_OTLP_ENDPOINT') ?? value(`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`)
  const exporter = value(`OTEL_${signal}_EXPORTER`) ?? 'otlp'
  return endpoint !== undefined && exporter === 'otlp' && value('OTEL_SDK_DISABLED')?.toLowerCase() !== 'true'
}

/** How a signal is sent: protobuf unless JSON is asked for. */
export function protocolOf(signal: Signal): Protocol {
  const asked = value(`OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`) ?? value('OTEL_EXPORTER_OTLP_PROTOCOL')
  return asked === 'http/json' ? 'http/json' : 'http/protobuf'
}

/** As the specification has it, an empty variable is an unset one. */
function value(name: string): string | undefined {
  return process.env[name]?.trim() || undefined
}
