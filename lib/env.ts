import path from 'node:path'
import { z } from 'zod'
import { keptSecret } from '@/lib/kept-secret'

export type Env = {
  mode: 'local' | 'deployed'
  /** Origin of every link and of every accepted submission, without a trailing slash. */
  appUrl: string
  /** Null means the embedded database in `dataDir`. */
  databaseUrl: string | null
  dataDir: string
  secret: string
  previousSecret: string | null
  /** Null means the local mailbox. */
  resend: { apiKey: string; baseUrl: string | null } | null
  /** What the plan at Resend allows: mails in a second, and in a day; null means any number. */
  mailPlan: { perSecond: number; perDay: number | null }
  mailFrom: string
  cronSecret: string | null
  /** Null means that no word on deliveries is taken from Resend. */
  webhookSecret: string | null
  /** The header in which the platform puts the client's address; null where only this machine can connect. */
  trustedIpHeader: string | null
  /** Where ranges of breached passwords are looked up, without a trailing slash; null means nowhere. */
  breachedPasswordsUrl: string | null
  /** Whom to tell of a barrier: an e-mail or https address; null where people know whom to ask. */
  accessibilityContact: string | null
}

/** Every fault of a configuration at once; each says which variable, what is wrong and how to put it right. */
export class ConfigurationError extends Error {
  constructor(readonly faults: string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigurationError'
  }
}

const cache = globalThis as { __metamotsEnv?: Env }

/** The configuration of this process, read once. Throws ConfigurationError when it cannot be run with. */
export function env(): Env {
  cache.__metamotsEnv ??= readEnv(process.env)
  return cache.__metamotsEnv
}

/** Reads a configuration; in local mode without APP_SECRET, makes one in the data folder and keeps it there. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const value = (name: string) => source[name]?.trim() || null
  const faults: string[] = []
  const appUrl = readAppUrl(value('APP_URL') ?? `http://localhost:${value('PORT') ?? '3000'}`, faults)
  const deployed = appUrl.protocol === 'https:'
  const dataDir = path.resolve(/* turbopackIgnore: true */ value('DATA_DIR') ?? '.data')

  const require = (name: string, how: string, fits: (text: string) => boolean = () => true) => {
    const text = value(name)
    if (text === null && deployed) faults.push(`${name} is missing. ${how}`)
    if (text !== null && !(fits(text) && !isPlaceholder(text))) faults.push(`${name} is not usable. ${how}`)
    return text
  }

  const databaseUrl = require('DATABASE_URL', 'Give the URL of a Postgres: postgresql://user:password@host:5432/name', isPostgresUrl)
  const secret = require('APP_SECRET', 'Make one with: openssl rand -base64 32', isSecret)
  const previousSecret = value('APP_SECRET_PREVIOUS')
  if (previousSecret !== null && !isSecret(previousSecret))
    faults.push('APP_SECRET_PREVIOUS is not usable. Give the former APP_SECRET, or nothing')
  const apiKey = require('RESEND_API_KEY', 'Create one at resend.com, under API Keys', (text) =>
    /^re_\S{8,}$/.test(text))
  const mailFrom = require('MAIL_FROM', 'Give a sender of a domain verified at Resend: Metamots <no-reply@example.com>', isSender)
  if (apiKey && !mailFrom && !deployed)
    faults.push('MAIL_FROM is missing. RESEND_API_KEY is set, so mail needs a sender: Metamots <no-reply@example.com>')
  const perSecond = readCount('RESEND_PER_SECOND', value, faults)
  const perDay = readCount('RESEND_DAILY_QUOTA', value, faults)
  const cronSecret = require('CRON_SECRET', 'Make one with: openssl rand -hex 32', (text) => text.length >= 16)
  const trustedIpHeader = require('TRUSTED_IP_HEADER', 'Name the header your platform sets to the client address: x-vercel-forwarded-for on Vercel, else that of your proxy', (
    text,
  ) => /^[a-z][a-z0-9-]*$/i.test(text))
  const webhookSecret = value('RESEND_WEBHOOK_SECRET')
  if (webhookSecret !== null && !/^whsec_\S{16,}$/.test(webhookSecret))
    faults.push('RESEND_WEBHOOK_SECRET is not usable. Copy it from the webhook at resend.com: it begins with whsec_')
  const baseUrl = value('RESEND_BASE_URL')
  if (deployed && baseUrl !== null && baseUrl !== 'https://api.resend.com')
    faults.push('RESEND_BASE_URL is for tests. Remove it')
  if (deployed && value('RESEND_DEBUG')) faults.push('RESEND_DEBUG writes mails to the log. Remove it')
  if (deployed && (value('NODE_ENV') ?? 'production') !== 'production')
    faults.push('NODE_ENV is not production. Remove it: other values weaken password hashes or the pages')

  const breachedPasswordsUrl = value('BREACHED_PASSWORDS_URL')?.replace(/\/$/, '') ?? null
  if (breachedPasswordsUrl !== null && !isRangeUrl(breachedPasswordsUrl))
    faults.push('BREACHED_PASSWORDS_URL is not usable. Give https://api.pwnedpasswords.com/range, or nothing')
  const accessibilityContact = value('ACCESSIBILITY_CONTACT')
  if (accessibilityContact !== null && (!isContact(accessibilityContact) || isPlaceholder(accessibilityContact)))
    faults.push(
      'ACCESSIBILITY_CONTACT is not usable. Give an e-mail address, or the https address of a form, or nothing',
    )

  if (faults.length > 0) throw new ConfigurationError(faults)
  return {
    mode: deployed ? 'deployed' : 'local',
    appUrl: appUrl.origin,
    databaseUrl,
    dataDir,
    secret: secret ?? localSecret(dataDir),
    previousSecret,
    resend: apiKey ? { apiKey, baseUrl } : null,
    mailPlan: { perSecond: perSecond ?? 5, perDay },
    mailFrom: mailFrom ?? 'Metamots <no-reply@localhost>',
    cronSecret,
    webhookSecret,
    trustedIpHeader: trustedIpHeader?.toLowerCase() ?? null,
    breachedPasswordsUrl,
    accessibilityContact,
  }
}

function readAppUrl(text: string, faults: string[]): URL {
  const how = 'Give the origin people use: https://account.example.com; or leave it out to run on this machine'
  const parsed = z.url().safeParse(text)
  const url = new URL(parsed.success ? parsed.data : 'https://invalid.invalid')
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const plain = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  const protocolFits = url.protocol === 'https:' || (url.protocol === 'http:' && loopback)
  if (!parsed.success || !plain || !protocolFits) faults.push(`APP_URL is not usable. ${how}`)
  return url
}

function readCount(name: string, value: (name: string) => string | null, faults: string[]): number | null {
  const text = value(name)
  if (text === null) return null
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  faults.push(`${name} is not usable. Give the whole number that your plan at Resend allows, or nothing`)
  return null
}

const isPlaceholder = (text: string) => /change.?me|your.?(secret|key)|xxxx|placeholder|^<.*>$/i.test(text)
const isPostgresUrl = (text: string) => /^postgres(ql)?:\/\/\S+$/.test(text)
const isSecret = (text: string) => Buffer.byteLength(text) >= 32 && new Set(text).size >= 10
const isSender = (text: string) => /^(?:[^<>\r\n"]{1,80} <[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/.test(text)
const isContact = (text: string) => /^(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https:\/\/[\w.-]+(?:\/[^\s<>"]*)?)$/.test(text)
const isRangeUrl = (text: string) =>
  /^(?:https:\/\/[\w.-]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d+)?(?:\/[\w.-]+)*$/.test(text)

function localSecret(dataDir: string): string {
  const file = path.join(dataDir, 'secret')
  const secret = keptSecret(file)
  if (isSecret(secret)) return secret
  throw new ConfigurationError([`The secret in ${file} is damaged. Delete it for a new one: links mailed before end`])
}
