/** What telemetry takes, while it runs (`lib/opentelemetry`). Nothing it is given may hold a secret or say who somebody is. */
export type Telemetry = {
  count(event: string, fields: Readonly<Record<string, unknown>>): void
  record(measure: Measure, value: number): void
  span<Value>(name: string, work: () => Promise<Value>, isRoot: boolean): Promise<Value>
  traceId(): string | undefined
  flush(): Promise<void>
}

/** What is measured: how long somebody waited, how many there were, how old something is. */
export type Measure =
  | 'metamots.gate.wait'
  | 'metamots.hash.wait'
  | 'metamots.hash.waiting'
  | 'metamots.database.wait'
  | 'metamots.database.connections'
  | 'metamots.outbox.size'
  | 'metamots.outbox.oldest_age'

// The build holds this module more than once.
const running = globalThis as { __metamotsTelemetry?: Telemetry }

/** Whether anybody reads what is measured; if not, measuring should cost nothing. */
export function isMeasured(): boolean {
  return running.__metamotsTelemetry !== undefined
}

/** The id of the trace that this is part of, if there is one. */
export function traceId(): string | undefined {
  return running.__metamotsTelemetry?.traceId()
}

/** Counts an event of the log. */
export function count(event: string, fields: Readonly<Record<string, unknown>>): void {
  running.__metamotsTelemetry?.count(event, fields)
}

/** Notes a value that was measured. */
export function record(measure: Measure, value: number): void {
  running.__metamotsTelemetry?.record(measure, value)
}

/** Runs work as one step of a trace, or as a trace of its own. */
export function traced<Value>(name: string, work: () => Promise<Value>, { isRoot = false } = {}): Promise<Value> {
  return running.__metamotsTelemetry?.span(name, work, isRoot) ?? work()
}

/** Hands over what was counted, before a function is frozen; a process does that by itself. Never throws. */
export async function flushTelemetry(): Promise<void> {
  await running.__metamotsTelemetry?.flush()
}

/** Has all that is counted, measured and traced from now on taken by `telemetry`; by nobody when null. */
export function setTelemetry(telemetry: Telemetry | null): void {
  if (telemetry) running.__metamotsTelemetry = telemetry
  else delete running.__metamotsTelemetry
}
