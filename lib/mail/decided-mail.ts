import { z } from 'zod'
import { deviceSchema } from '@/lib/caller'

/** The token that a mail brings, without its secret, and until when it serves. */
export const mailedTokenSchema = z.object({ id: z.uuid(), validUntil: z.string() })

/** What of an account's details a mail says was changed. */
export const detailKindSchema = z.enum(['name', 'country', 'organization_type'])

export type DetailKind = z.infer<typeof detailKindSchema>

const everyMail = {
  sentTo: z.string(),
  timeZone: z.string(),
  /** When (an ISO instant) and from what device the thing happened that the mail is about. */
  asked: z.object({ at: z.string(), device: deviceSchema }),
}
const withLink = { ...everyMail, token: mailedTokenSchema }

/** Each mail that somebody can get (to add one: docs/changing.md), frozen so that every attempt says the same. Its link is made when it is sent. */
export const decidedMailSchema = z.discriminatedUnion('template', [
  z.object({ template: z.literal('verify_address'), ...withLink }),
  z.object({ template: z.literal('account_exists'), ...everyMail }),
  z.object({ template: z.literal('reset_password'), ...withLink }),
  z.object({ template: z.literal('request_mismatch'), ...everyMail }),
  z.object({ template: z.literal('reset_blocked'), ...everyMail, blockedUntil: z.string().nullable() }),
  z.object({ template: z.literal('password_changed'), ...withLink }),
  z.object({ template: z.literal('new_email'), ...withLink }),
  z.object({ template: z.literal('address_changed'), ...withLink }),
  z.object({ template: z.literal('details_changed'), ...withLink, changed: z.array(detailKindSchema) }),
  z.object({ template: z.literal('account_disputed'), ...withLink }),
  z.object({ template: z.literal('new_browser'), ...withLink }),
  z.object({ template: z.literal('account_secured'), ...withLink }),
  z.object({ template: z.literal('log_in_blocked'), ...everyMail }),
  z.object({ template: z.literal('account_closing'), ...everyMail, closesAt: z.string() }),
])

/** The page that the link of each mail leads to. */
export const linkPages = {
  verify_address: 'verify-email',
  reset_password: 'reset-password',
  password_changed: 'not-me',
  new_email: 'new-email',
  address_changed: 'not-me',
  details_changed: 'not-me',
  account_disputed: 'not-me',
  new_browser: 'not-me',
  account_secured: 'reset-password',
} as const

/** What was done already, which is told whatever became of the link: its page says so. */
const told = [
  'password_changed',
  'address_changed',
  'details_changed',
  'new_browser',
] as const satisfies (keyof typeof linkPages)[]

export function isTold(template: string): template is (typeof told)[number] {
  return (told as readonly string[]).includes(template)
}

export type DecidedMail = z.infer<typeof decidedMailSchema>
