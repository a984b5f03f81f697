import type { Locale } from '@/lib/i18n/locales'
import type { DecidedMail } from '@/lib/mail/decided-mail'

export type Asked = DecidedMail['asked']

type Envelope = { id: string; to: string; locale: Locale }

/** A mail brings its own link, or leads to the pages that everybody knows. */
type Links<Mail> = Mail extends { token: unknown }
  ? { link: string; validUntil: string }
  : { signInLink: string; resetLink: string }

type LetterFor<Mail> = Mail extends DecidedMail ? Omit<Mail, 'sentTo' | 'token'> & Envelope & Links<Mail> : never

/**
 * One mail to one person: links, instants and devices, never a name or any text typed by a person. `id` is the mail's
 * UUID: the same id is the same mail, however often it is sent.
 */
export type Letter = LetterFor<DecidedMail>

export type LetterOf<Template extends Letter['template']> = Extract<Letter, { template: Template }>

/** A letter in words. */
export type ComposedMail = { id: string; from: string; to: string; subject: string; html: string; text: string }

/** A composed mail with its headers and with tags that only the provider sees, ready to be handed over. */
export type Message = ComposedMail & { headers: Record<string, string>; tags: { name: string; value: string }[] }

/**
 * What is wrong with the service when it is not the mail's fault: it is `refused` until somebody mends something, such as a
 * dead key; a `quota` is used up; the provider is `busy`; or it is `unavailable`, and may have taken the mail all the same.
 */
export type Fault = 'refused' | 'quota' | 'busy' | 'unavailable'

/**
 * What became of one attempt to send. `reason`: a short code, free of addresses; `afterSeconds`: at least this long a wait.
 * `refused` is the mail's own fault, and the only end but `sent`. A `retry` without a fault is the same mail under way.
 */
export type SendOutcome =
  | { outcome: 'sent'; providerId: string }
  | { outcome: 'retry'; reason: string; fault: Fault | null; afterSeconds?: number }
  | { outcome: 'refused'; reason: string }
