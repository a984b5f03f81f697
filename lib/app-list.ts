import { z } from 'zod'
import { jsonFault } from '@/lib/json-fault'

const text = z.string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is no text') })

/** Where people are led: whole, as it is compared, with no sign that is read in two ways, and safe on its way but to this machine. */
const address = addressOf(['localhost', '127.0.0.1'])

/** Where the service itself posts: perhaps within one network. */
const innerAddress = addressOf('any')

/** An address, which may be http for these names alone. */
function addressOf(httpNames: string[] | 'any') {
  return text.superRefine((given, context) => {
    const fault = addressFault(given, httpNames)
    if (fault) context.addIssue(fault)
  })
}

function addressFault(given: string, httpNames: string[] | 'any'): string | null {
  const url = URL.canParse(given) ? new URL(given) : null
  if (!url || !['https:', 'http:'].includes(url.protocol)) return 'is no whole address that begins with https://'
  if (url.protocol === 'http:' && httpNames !== 'any' && !httpNames.includes(url.hostname))
    return `is http, and not at ${httpNames.join(' or ')}`
  if (!/^https?:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w/?&=.~%+,;!$'()-]*)?$/.test(given))
    return 'has a user, a # or another character that it must not have'
  // As everybody will write it.
  return [given, `${given}/`].includes(url.href)
    ? null
    : 'is not as browsers write it: the name in small letters, no port that is the usual one, no dots for a folder'
}

function addresses() {
  return z.array(address, { error: ({ input }) => (input === undefined ? 'is missing' : 'is no list in [ ]') })
}

/** Whether it is a key as every library for webhooks reads it. */
function isWebhookSecret(given: string): boolean {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(given) ?? []
  const key = Buffer.from(base64, 'base64')
  return key.length >= 24 && key.length <= 64 && key.toString('base64') === base64
}

/** An application that people sign in to by this service, as the operator names it. What is said of a fault follows the key. */
const appSchema = z.strictObject({
  id: text.regex(
    /^[a-z0-9][\w.-]{0,63}$/i,
    'is not 1 to 64 letters, digits, -, _ and dots, the first a letter or a digit',
  ),
  name: text.trim().regex(/^(?=.{1,80}$)\P{C}+$/u, 'is not 1 to 80 characters that can be seen'),
  // Of signs that no library writes in two ways.
  secret: text.regex(/^[\w.~-]{32,200}$/, 'is not 32 to 200 letters, digits, -, _, ~ and dots'),
  redirect_uris: addresses().min(1, 'is empty'),
  post_logout_redirect_uris: addresses().default([]),
  initiate_login_uri: address.optional(),
  backchannel_logout_uri: innerAddress.optional(),
  events_url: innerAddress.optional(),
  events_secret: text.refine(isWebhookSecret, 'is not whsec_ and 24 to 64 bytes in base64').optional(),
})

export type App = z.output<typeof appSchema>

/** All that can be said of an application. */
export const appKeys = Object.keys(appSchema.shape)

const remedies: Record<string, string> = {
  secret: ' (make one with: openssl rand -hex 32)',
  events_secret: ' (make one with: echo "whsec_$(openssl rand -base64 32)")',
}

/** The applications in a text of JSON; else all that is wrong with it, to be read after “it”. No value is quoted but the id of an application. */
export function readApps(given: string): App[] | string {
  let list: unknown
  try {
    list = JSON.parse(given)
  } catch {
    return `is no JSON: ${jsonFault(given)}. Keys and texts stand in double quotes; where a shell reads it, single ones stand around it all`
  }
  if (!Array.isArray(list)) return 'is no list: put [ before the first application and ] behind the last'
  const faults = [...list.flatMap(faultsOf), ...sameIds(list)]
  return faults.length > 0
    ? `is wrong in ${faults.length} place(s): ${faults.join('; ')}`
    : z.array(appSchema).parse(list)
}

function faultsOf(app: unknown, index: number): string[] {
  const whose = printable(app) ?? `the ${nth(index)} application`
  const { error } = appSchema.safeParse(app)
  const faults = (error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return unknownKeys(whose, issue.keys)
    const [key, place] = issue.path
    if (key === undefined) return `${whose} is no object in { }`
    const where = typeof place === 'number' ? `the ${nth(place)} of ${String(key)}` : String(key)
    return `${where} of ${whose} ${issue.message}${remedies[String(key)] ?? ''}`
  })
  const { events_url, events_secret } = (app ?? {}) as Record<string, unknown>
  if (events_url !== undefined && events_secret === undefined)
    faults.push(`${whose} has events_url without events_secret${remedies.events_secret}`)
  if (events_url === undefined && events_secret !== undefined)
    faults.push(`${whose} has events_secret without events_url`)
  return faults
}

/** A key may be a secret in the wrong place, so it is said only where it is a word like ours. */
function unknownKeys(whose: string, keys: string[]): string {
  const words = keys.filter((key) => key.length < 30 && /^[a-z]+(?:_[a-z]+)*$/.test(key))
  return `${whose} has a key that means nothing here${words.length > 0 ? `, ${words.join(', ')}` : ''} (the keys are ${appKeys.join(', ')})`
}

function sameIds(list: unknown[]): string[] {
  const ids = list.map((app) => (app as { id?: unknown } | null)?.id)
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id)
    if (typeof id !== 'string' || first === index) return []
    const name = printable(list[index])
    return `the ${nth(first)} and the ${nth(index)} application have one id${name ? `, ${name}` : ''}`
  })
}

/** The id of an application, unless it could be a secret. */
function printable(app: unknown): string | null {
  const id = (app as { id?: unknown } | null)?.id
  return typeof id === 'string' && id.length < 30 && appSchema.shape.id.safeParse(id).success ? `"${id}"` : null
}

function nth(index: number): string {
  const ends = { one: 'st', two: 'nd', few: 'rd' } as Record<string, string>
  return `${index + 1}${ends[new Intl.PluralRules('en', { type: 'ordinal' }).select(index + 1)] ?? 'th'}`
}
