import type { Locale } from '@/lib/i18n/locales'

/** Names of a browser and a system as shown to a person; null where unknown. */
export type Device = { browser: string | null; system: string | null }

/** When (an ISO instant) and from what device the thing happened that a mail is about. */
export type Asked = { at: string; device: Device }

/** What a mail says beyond its fixed words: links, instants and devices; never a name or any text typed by a person. */
export type Letter =
  | { template: 'verify_address'; link: string; validUntil: string; asked: Asked }
  | { template: 'account_exists'; signInLink: string; resetLink: string; asked: Asked }
  | { template: 'reset_password'; link: string; validUntil: string; asked: Asked }
  | { template: 'request_mismatch'; retryLink: string; asked: Asked }
  | { template: 'password_changed'; link: string; validUntil: string; asked: Asked }
  | { template: 'new_email'; link: string; validUntil: string; asked: Asked }
  | { template: 'address_changed'; link: string; validUntil: string; asked: Asked }
  | { template: 'account_secured'; link: string; validUntil: string; asked: Asked }
  | { template: 'account_closing'; closesAt: string; signInLink: string; resetLink: string; asked: Asked }

export type LetterOf<Template extends Letter['template']> = Extract<Letter, { template: Template }>

/** One mail to one person. `id` is the mail's UUID: the same id is the same mail, however often it is sent. */
export type Envelope = { id: string; to: string; locale: Locale; timeZone: string; letter: Letter }

export type OutgoingMail = { id: string; from: string; to: string; subject: string; html: string; text: string }
