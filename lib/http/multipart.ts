export type Field = readonly [name: string, value: string]

/** No form of ours has half as many. */
const maxFields = 50

/** The boundary of a form, from the one spelling of its type that browsers have; null for every other type. */
export function boundaryOf(contentType: string | null): string | null {
  return /^multipart\/form-data; boundary=([\w-]{26,69}[a-zA-Z0-9])$/.exec(contentType ?? '')?.[1] ?? null
}

/**
 * The fields of a form in the one spelling that browsers have for text; null for every other body. It is so narrow that
 * whoever reads the same bytes finds the same fields.
 */
export function readMultipart(body: Uint8Array, boundary: string): Field[] | null {
  const [before, ...parts] = decode(body)?.split(`--${boundary}`) ?? []
  if (before !== '' || parts.pop() !== '--\r\n' || parts.length > maxFields) return null
  const fields = parts.map((part) => readPart(part, boundary))
  return fields.every((field) => field !== null) ? fields : null
}

function decode(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return null
  }
}

/** One header line, a name that nothing escapes, and a value that no reader trims or cuts. */
function readPart(part: string, boundary: string): Field | null {
  const found = /^\r\nContent-Disposition: form-data; name="([\w$:[\]-]{1,100})"\r\n\r\n(.*)\r\n$/s.exec(part)
  const [, name = '', value = ''] = found ?? []
  return found && !value.startsWith('\uFEFF') && !value.includes(boundary) ? [name, value] : null
}
