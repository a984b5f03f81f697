import { z } from 'zod'

const address = z.url({ protocol: /^https?$/ }).refine((text) => !new URL(text).hash, 'has a fragment')

/** A key as the library for webhooks that an application uses writes it: 24 to 64 bytes in base64. */
const webhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/)

/** An application that people sign in to by this service, as the operator names it. */
const appSchema = z
  .strictObject({
    id: z.string().regex(/^[\w.-]{1,64}$/),
    name: z.string().min(1).max(80),
    secret: z.string().min(32),
    redirect_uris: z.array(address).min(1),
    post_logout_redirect_uris: z.array(address).default([]),
    backchannel_logout_uri: address.optional(),
    initiate_login_uri: address.optional(),
    events_url: address.optional(),
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
