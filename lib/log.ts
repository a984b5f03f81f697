import { randomUUID } from 'node:crypto'

type Fields = Record<string, string | number | boolean | null>

/** Writes one JSON line. Values must already be free of secrets and raw addresses. */
export function logEvent(event: string, fields: Fields = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`)
}

/** Writes an unexpected error by name, code and place, never its message, which may quote data. Returns the reference to show. */
export function logError(event: string, error: unknown, reference: string = randomUUID().slice(0, 8)): string {
  const { name, code, stack } =
    error instanceof Error
      ? (error as NodeJS.ErrnoException)
      : { name: typeof error, code: undefined, stack: undefined }
  const place =
    stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? null
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), event, reference, error: name, code: code ?? null, place })}\n`,
  )
  return reference
}
