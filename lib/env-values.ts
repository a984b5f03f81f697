import { isIP } from 'node:net'
import { parameterFault } from '@/lib/database-url'

/** What is wrong with a value, to be read after “it”; null when nothing is. No answer quotes the value. */
export type Judge = (text: string) => string | null

const loopback = ['localhost', '127.0.0.1', '[::1]']
const encodings = '# is %23, / is %2F, ? is %3F, @ is %40, % is %25, a space is %20'

/** Whether a text waits to be replaced by a real one: a phrase of some guide, a gap to be filled in or a command not run. */
export function isPlaceholder(text: string): boolean {
  return (
    /(?<![a-z0-9])(?:(?:change|replace)[-_ ]?(?:me|this|it)|your[-_ ](?:\w+[-_ ])?(?:secret|key|password|token)|placeholder|x{4,})(?![a-z0-9])/i.test(
      text,
    ) || /^<.*>$|^\$?\{.*\}$|^\$\w+$|openssl rand/.test(text)
  )
}

export const matches =
  (pattern: RegExp, reason: string): Judge =>
  (text) =>
    pattern.test(text) ? null : reason

export const oneOf =
  (...words: string[]): Judge =>
  (text) =>
    words.includes(text) ? null : `is none of ${words.join(', ')}`

/** A whole number from `min` to `max`. */
export const count =
  (min: number, max: number): Judge =>
  (text) =>
    /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max
      ? null
      : `is no whole number from ${min} to ${max}`

/** A value that nobody else may know, of the given shape. */
export const secretOf =
  (shape: Judge): Judge =>
  (text) =>
    isPlaceholder(text) ? 'is a placeholder' : shape(text)

/** A random text of at least 32 bytes. */
export const randomText: Judge = (text) => {
  if (Buffer.byteLength(text) < 32) return 'has fewer than 32 bytes'
  return new Set(text).size < 10 ? 'repeats few characters' : null
}

/** The origin of a service; https, or http on this machine. */
export const origin: Judge = (text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['https:', 'http:'].includes(url.protocol)) return 'is no https address'
  if (url.protocol === 'http:' && !loopback.includes(url.hostname)) return 'is http, and not on this machine'
  const bare = url.pathname === '/' && !/[?#@]/.test(text) && !text.includes('\\')
  return bare ? null : 'has more than a scheme, a name and a port'
}

/** What to listen at: an address, or a name that leads to one of this machine. */
export const host: Judge = (text) =>
  isIP(text) !== 0 || /^[a-z\d][\w.-]*$/i.test(text) ? null : 'is no address of this machine'

/** A URL of Postgres in which no character of the user or the password is taken for the end of it, as `/` or `#` would be. */
export const postgresUrl: Judge = (text) => {
  const parts = /^postgres(?:ql)?:\/\/(?:([^\s/?#]*)@)?[^\s/?#@]*(?:[/?][^\s#@]*)?$/.exec(text)
  if (!parts && /^postgres(?:ql)?:\/\/.*@/.test(text))
    return `has a character in its user or password that must be encoded: ${encodings}`
  // The driver takes a user without a host, for a socket that is named later.
  if (!parts || !URL.canParse(text.replace('@/', '@localhost/'))) return 'is no URL of a Postgres'
  if (isPlaceholder(parts[1]?.split(':')[1] ?? '')) return 'has a placeholder for its password'
  return parameterFault(text)
}

export const sender = matches(
  /^(?:[^<>\r\n"]{1,80} <[^<>\s@,]+@[^<>\s@,]+>|[^<>\s@,]+@[^<>\s@,]+)$/,
  'is not one name and one e-mail',
)
export const contact = matches(
  /^(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https:\/\/[\w.-]+(?:\/[^\s<>"]*)?)$/,
  'is neither an e-mail nor an https address',
)
export const rangeUrl = matches(
  /^(?:https:\/\/[\w.-]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d+)?(?:\/[\w.-]+)*\/?$/,
  'is no https address',
)
