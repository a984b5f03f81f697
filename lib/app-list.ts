import { z } from 'zod'

/** Where people are led: whole, as it is compared, with no sign that is read in two ways, and safe on its way but to this machine. */
const address = addressOf(/https:\/\/[\w.-]+|http:\/\/(?:localhost|127\.0\.0\.1)/)

/** Where the service itself posts: perhaps within one network. */
const innerAddress = addressOf(/https?:\/\/[\w.-]+/)

function addressOf(origin: RegExp) {
  const whole = new RegExp(`^(?:${origin.source})(?::\\d{1,5})?(?:/[\\w/?&=.~%+,;!$'()-]*)?$`)
  return z.string().refine((text) => whole.test(text) && isWritten(text), 'is no whole address, https and plain')
}

/** Whether an address is written as everybody will write it. */
function isWritten(text: string): boolean {
  return URL.canParse(text) && [text, `${text}/`].includes(new URL(text).href)
}

/** A key as the library for webhooks that an application uses writes it: 24 to 64 bytes in base64. */
const webhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/)

/** An application that people sign in to by this service, as the operator names it. */
const appSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][\w.-]{0,63}$/i),
    name: z
      .string()
      .trim()
      .min(1)
      .max(80)
      .regex(/^\P{C}*$/u),
    // Of signs that no library writes in two ways.
    secret: z.string().regex(/^[\w.~-]{32,200}$/),
    redirect_uris: z.array(address).min(1),
    post_logout_redirect_uris: z.array(address).default([]),
    backchannel_logout_uri: innerAddress.optional(),
    events_url: innerAddress.optional(),
    events_secret: webhookSecret.optional(),
  })
  .refine((app) => !app.events_url === !app.events_secret, 'has one of events_url and events_secret without the other')

export type App = z.output<typeof appSchema>

const appsSchema = z.array(appSchema)

/** The applications in a text of JSON; else what is wrong with it, each fault by its place. */
export function readApps(text: string): App[] | string {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return 'is no JSON'
  }
  const parsed = appsSchema.safeParse(given)
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `at ${path.join('.') || 'the top'}: ${message}`).join('; ')
  const ids = parsed.data.map(({ id }) => id)
  return new Set(ids).size < ids.length ? 'has two applications of one id' : parsed.data
}
