import { readApps } from '@/lib/app-list'
import {
  contact,
  count,
  host,
  type Judge,
  matches,
  oneOf,
  origin,
  postgresUrl,
  randomText,
  rangeUrl,
  secretOf,
  sender,
} from '@/lib/env-values'

export type Variable = {
  /** For the guide. */
  is: string
  /** How to get a right value; also what to do about a wrong one. */
  how: string
  /** What holds when it is unset; `needed` means that a deployed service does not start. */
  unset: string
  /** All that is asked of a value. Nothing where the platform sets it. */
  judge?: Judge
  /** Whether it is JSON, which may be on several lines. */
  isJson?: boolean
}

const given = {
  APP_URL: {
    is: 'the origin that people use: every link begins with it, every form must come from it',
    how: 'Give the origin people use: `https://account.example.com`; or leave it out to run on this machine',
    unset: 'a local service; on a preview at Vercel, the preview’s own',
    judge: origin,
  },
  DATABASE_URL: {
    is: 'a Postgres; on serverless hosting its pooled URL. When it is set, local mode uses it too',
    how: 'Give the URL of a Postgres: `postgresql://user:password@host:5432/name`',
    unset: 'needed',
    judge: postgresUrl,
  },
  DIRECT_DATABASE_URL: {
    is: 'the same Postgres without its pooler, for migrations, which hold a lock of their session',
    how: 'Give the URL that leads around the pooler, or nothing',
    unset: '`DATABASE_URL`',
    judge: postgresUrl,
  },
  APP_SECRET: {
    is: 'the key from which that of each purpose is derived',
    how: 'Make one with: `openssl rand -base64 32`',
    unset: 'needed',
    judge: secretOf(randomText),
  },
  APP_SECRET_PREVIOUS: {
    is: 'the former key, for a day after a change: mailed links stay the same',
    how: 'Give the former `APP_SECRET`, or nothing',
    unset: 'no former key',
    judge: randomText,
  },
  RESEND_API_KEY: {
    is: 'an API key of Resend. When it is set, local mode sends by Resend too',
    how: 'Create one at resend.com, under API Keys',
    unset: 'needed',
    judge: secretOf(matches(/^re_\S{8,}$/, 'is not re_ and at least 8 characters')),
  },
  MAIL_FROM: {
    is: 'the sender, of a domain with SPF, DKIM and DMARC. Turn off the tracking of opens and clicks',
    how: 'Give a sender of a domain verified at Resend: `Metamots <no-reply@example.com>`',
    unset: 'needed',
    judge: sender,
  },
  CRON_SECRET: {
    is: 'the bearer token of the sweep at `/api/cron/mail`',
    how: 'Make one with: `openssl rand -hex 32`',
    unset: 'needed',
    judge: secretOf(matches(/^.{16,}$/, 'has fewer than 16 characters')),
  },
  TRUSTED_IP_HEADER: {
    is: 'the header in which the platform gives the client’s address; no other is believed',
    how: 'Name the header your platform sets to the client address: `x-vercel-forwarded-for` on Vercel, else that of your proxy',
    unset: 'needed',
    judge: matches(/^[a-z][a-z0-9-]*$/i, 'is no name of a header'),
  },
  RESEND_PER_SECOND: {
    is: 'how many mails the plan at Resend allows in a second',
    how: 'Give the whole number that your plan at Resend allows, or nothing',
    unset: '5',
    judge: count(1, 999_999_999),
  },
  RESEND_DAILY_QUOTA: {
    is: 'how many mails the plan at Resend allows in 24 hours',
    how: 'Give the whole number that your plan at Resend allows, or nothing',
    unset: 'any number',
    judge: count(1, 999_999_999),
  },
  RESEND_WEBHOOK_SECRET: {
    is: 'the secret of a webhook to `/api/webhooks/resend`, for the events of `email`: then the service knows whether a mail was delivered, bounced or complained about. What is about other mails of the account is let pass',
    how: 'Copy it from the webhook at resend.com: it begins with `whsec_`',
    unset: 'no such reports',
    judge: secretOf(matches(/^whsec_\S{16,}$/, 'does not begin with whsec_')),
  },
  BREACHED_PASSWORDS_URL: {
    is: 'a service that knows leaked passwords; it gets five characters of a digest, has a second to answer, and never blocks anybody',
    how: 'Give `https://api.pwnedpasswords.com/range`, or nothing',
    unset: 'only the built-in list',
    judge: rangeUrl,
  },
  ACCESSIBILITY_CONTACT: {
    is: 'where people report a barrier; the statement of accessibility names it',
    how: 'Give an e-mail address, or the https address of a form, or nothing',
    unset: 'people ask whom they know',
    judge: contact,
  },
  SUPPORT_CONTACT: {
    is: 'whom people ask who cannot get in: pages that leave one without a way and all mails name it, with a reference for `mail show`',
    how: 'Give an e-mail address, or the https address of a page, or nothing',
    unset: 'nobody is named',
    judge: contact,
  },
  APPS: {
    is: 'the applications that people sign in to by this service, as docs/connect.md says',
    how: 'Give a JSON list, each with `id`, `name`, `secret` and `redirect_uris`, or nothing',
    unset: 'none, and nothing of it is there',
    isJson: true,
    judge: (text) => {
      const apps = readApps(text)
      return typeof apps === 'string' ? apps : null
    },
  },
  RETURN_TO: {
    is: 'the paths of applications behind the same origin that ask `/api/session` who is signed in; signing in leads back to them',
    how: 'Give paths that begin and end with a slash, and commas between them: `/app/,/wiki/`',
    unset: 'none, and nobody is told',
    judge: matches(/^\/(?:[\w.-]+\/)+(?:\s*,\s*\/(?:[\w.-]+\/)+)*$/, 'is no list of paths'),
  },
  HSTS: {
    is: 'how far browsers keep to https for two years: for the `host` of `APP_URL`, its `subdomains` too, or these and for their `preload` list',
    how: 'Give `host`, `subdomains` or `preload`',
    unset: '`preload`',
    judge: oneOf('host', 'subdomains', 'preload'),
  },
  HOST: {
    is: 'the address a process listens at: `::` for all of the machine, IPv4 too; `0.0.0.0` for all of IPv4. A service that shows its mails listens to this machine whatever it says. `HOSTNAME` is not read: containers set it to their own name',
    how: 'Give an address of this machine: `127.0.0.1` beside a proxy, `::` in a container',
    unset: 'this machine only',
    judge: host,
  },
  PORT: {
    is: 'the port a process listens at',
    how: 'Give a whole number from 1 to 65535',
    unset: 'that of a local `APP_URL`, else 3000',
    judge: count(1, 65_535),
  },
  KEEP_ALIVE_SECONDS: {
    is: 'how long an idle connection stays open: longer than the balancer in front keeps it, or it sends requests into closing ones',
    how: 'Give more than the idle time of your balancer, in seconds, up to 3600',
    unset: '65',
    judge: count(1, 3_600),
  },
  DATA_DIR: {
    is: 'the folder of local data',
    how: 'Name a folder on a disk of this machine',
    unset: '`.data`',
  },
} satisfies Record<string, Variable>

/** What tests and tools set, or a platform does; also OpenTelemetry's own, which docs/operations.md explains. A deployed service refuses the first three where they would do harm. */
const others = [
  'NODE_ENV',
  'RESEND_BASE_URL',
  'RESEND_DEBUG',
  'BUILD_TARGET',
  'NEXT_RUNTIME',
  'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_METRIC_EXPORT_INTERVAL',
  'OTEL_METRIC_EXPORT_TIMEOUT',
  'OTEL_SDK_DISABLED',
  'PRISMA_SCHEMA_ENGINE_BINARY',
  'SUDO_USER',
  'VERCEL',
  'VERCEL_ENV',
  'VERCEL_BRANCH_URL',
  'VERCEL_URL',
] as const

export type Name = keyof typeof given | (typeof others)[number]

/** Every variable that whoever runs the service may set, in the order in which the guide has them. */
export const variables: Partial<Record<Name, Variable>> & Record<keyof typeof given, Variable> = given

export const isKnown = (name: string): name is Name => name in given || others.some((other) => other === name)
