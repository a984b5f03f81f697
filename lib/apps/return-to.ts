import { env } from '@/lib/env'

/** A page of an application behind the same origin: a path, and what follows it. */
export type ReturnPath = `/${string}`

/**
 * A value as a path to which signing in may lead, if it lies under one that the operator names (`RETURN_TO`). Nothing that could be read
 * in two ways: no second slash at its begin, no backslash, no dots for a folder, no sign that is not plain.
 */
export function returnPathOf(value: unknown): ReturnPath | undefined {
  if (typeof value !== 'string' || !/^\/[\w!$&'()*+,.:;=@~%/?-]{0,2000}$/.test(value)) return undefined
  // As it is written into the address of the sign-in page.
  if (String(new URLSearchParams({ value })).length > 2_000) return undefined
  const [path = ''] = value.split('?')
  if (
    path.includes('//') ||
    /%(?:2e|2f|5c|25|0|1|7f)/i.test(path) ||
    path.split('/').some((part) => /^\.{1,2}(?:;|$)/.test(part))
  )
    return undefined
  return env().returnTo.some((prefix) => path.startsWith(prefix)) ? (value as ReturnPath) : undefined
}
