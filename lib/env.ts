import path from 'node:path'
import { type App, readApps } from '@/lib/app-list'
import { appUrlOf, isDeployed } from '@/lib/app-url'
import { randomText } from '@/lib/env-values'
import { localSecret } from '@/lib/local-secret'
import { isFunction } from '@/lib/platform'
import { faultsOf } from '@/lib/variable-faults'
import type { Name } from '@/lib/variables'

export type Env = {
  mode: 'local' | 'deployed'
  /** Origin of every link and of every accepted submission, without a trailing slash. */
  appUrl: string
  /** Where a process listens. */
  host: string
  port: number
  /** How long an idle connection stays open. */
  keepAliveSeconds: number
  /** Null means the embedded database in `dataDir`. */
  databaseUrl: string | null
  /** Where to migrate when `databaseUrl` is that of a pooler; null means by `databaseUrl` itself. */
  directDatabaseUrl: string | null
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
  /** Whom people ask who do not know how to go on: an e-mail or https address; null where nobody is named. */
  supportContact: string | null
  /** The applications that people sign in to by this service. */
  apps: App[]
  /** Below which paths of this origin applications ask who is signed in. */
  returnTo: string[]
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
  const value = (name: Name) => source[name]?.trim() || null
  const appUrl = appUrlOf(source)
  const deployed = isDeployed(appUrl)
  // A function has no disk that lasts, so it is never a local service.
  const isNowhere = isFunction(source) && !deployed
  const faults = [...faultsOf(source, deployed || isNowhere), ...faultsTogether(value, deployed)]
  if (isNowhere && value('APP_URL') === null)
    faults.unshift('APP_URL is missing. Give the origin people use: https://account.example.com')
  if (faults.length > 0) throw new ConfigurationError(faults)

  const dataDir = path.resolve(/* turbopackIgnore: true */ value('DATA_DIR') ?? '.data')
  const { origin, hostname, port } = new URL(appUrl)
  const number = (name: Name) => (value(name) === null ? null : Number(value(name)))
  const apiKey = value('RESEND_API_KEY')
  const mailsLieOpen = !deployed && apiKey === null
  return {
    mode: deployed ? 'deployed' : 'local',
    appUrl: origin,
    host: (mailsLieOpen ? loopbackOf(value('HOST')) : value('HOST')) ?? (hostname === '[::1]' ? '::1' : '127.0.0.1'),
    port: number('PORT') ?? (Number(deployed ? '' : port) || 3000),
    keepAliveSeconds: number('KEEP_ALIVE_SECONDS') ?? 65,
    databaseUrl: value('DATABASE_URL'),
    directDatabaseUrl: value('DIRECT_DATABASE_URL'),
    dataDir,
    secret: value('APP_SECRET') ?? soundLocalSecret(dataDir),
    previousSecret: value('APP_SECRET_PREVIOUS'),
    resend: apiKey ? { apiKey, baseUrl: value('RESEND_BASE_URL') } : null,
    mailPlan: { perSecond: number('RESEND_PER_SECOND') ?? 5, perDay: number('RESEND_DAILY_QUOTA') },
    mailFrom: value('MAIL_FROM') ?? 'Metamots <no-reply@localhost>',
    cronSecret: value('CRON_SECRET'),
    webhookSecret: value('RESEND_WEBHOOK_SECRET'),
    trustedIpHeader: value('TRUSTED_IP_HEADER')?.toLowerCase() ?? null,
    breachedPasswordsUrl: value('BREACHED_PASSWORDS_URL')?.replace(/\/$/, '') ?? null,
    accessibilityContact: value('ACCESSIBILITY_CONTACT'),
    supportContact: value('SUPPORT_CONTACT'),
    returnTo:
      value('RETURN_TO')
        ?.split(',')
        .map((path) => path.trim()) ?? [],
    apps: readApps(value('APPS') ?? '[]') as App[],
  }
}

/**
 * The secret of a build: that of the service where it is given, else this machine's own, for what is built for a deployment
 * may be built without its configuration. Throws ConfigurationError where the given one is none.
 */
export function readBuildSecret(source: Record<string, string | undefined>): string {
  const { APP_SECRET, DATA_DIR } = source
  return readEnv({ APP_SECRET, DATA_DIR }).secret
}

/** What is wrong with variables that only together make a fault, or in a deployed service alone. */
function faultsTogether(value: (name: Name) => string | null, deployed: boolean): string[] {
  const faults: string[] = []
  if (!deployed && value('RESEND_API_KEY') && !value('MAIL_FROM'))
    faults.push('MAIL_FROM is missing. RESEND_API_KEY is set, so mail needs a sender: Metamots <no-reply@example.com>')
  if (!deployed && value('DIRECT_DATABASE_URL') && !value('DATABASE_URL'))
    faults.push('DIRECT_DATABASE_URL is of no use without DATABASE_URL. Set that too, or neither')
  if (!deployed) return faults
  if (![null, 'https://api.resend.com'].includes(value('RESEND_BASE_URL')))
    faults.push('RESEND_BASE_URL is for tests. Remove it')
  if (value('RESEND_DEBUG')) faults.push('RESEND_DEBUG writes mails to the log. Remove it')
  if (![null, 'production'].includes(value('NODE_ENV')))
    faults.push('NODE_ENV is not production. Remove it: other values weaken password hashes or the pages')
  return faults
}

/** Next believes whoever says that he is this machine, so where mails lie open nobody else may connect, whatever is asked for. */
function loopbackOf(host: string | null): string | null {
  return host !== null && /^(?:127\..*|::1|localhost)$/.test(host) ? host : null
}

function soundLocalSecret(dataDir: string): string {
  const file = path.join(dataDir, 'secret')
  const secret = keptSecret(file, dataDir)
  if (randomText(secret) === null) return secret
  throw new ConfigurationError([`The secret in ${file} is damaged. Delete it for a new one: links mailed before end`])
}

function keptSecret(file: string, dataDir: string): string {
  try {
    return localSecret(file)
  } catch (error) {
    throw asFaultOfFolder(error, dataDir)
  }
}

/** An error of the file system, as the fault of the configuration that it is; any other error as it is. */
export function asFaultOfFolder(error: unknown, dataDir: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'ENAMETOOLONG', 'ENOENT'].includes(code))
    return error
  const fault = `DATA_DIR is not usable: nothing can be kept in ${dataDir} (${code}). Name a folder that this process may write to`
  return new ConfigurationError([fault])
}
