import { StepError } from '@/prisma/apply'
import { migrationUrl, type Target } from '@/prisma/session'

/** Says why the database could not be migrated, and what to do: not reached, not let in, or a migration that failed. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/** The error as it is for whoever deploys: why, and what to do, without any secret of the URL. */
export function explained(error: unknown, target: Target): Error {
  if (sayEnough.includes((error as Error).name)) return error as Error
  const message = (error as Error).message.trim().replace(/\.$/, '')
  const reason = error instanceof StepError ? ofStep(error, message) : ofConnection(codeOf(error), message, target)
  return new MigrationError(`The database could not be migrated. ${reason}.`, { cause: error })
}

/** Errors of the embedded database that say what to do themselves. */
const sayEnough = ['DatabaseInUseError', 'ConfigurationError']

/** Somebody else migrates or holds a lock, or the server restarts: trying again may work. */
const passing = /^(?:busy|55P03|57014|40P01|40001|57P0[1-3]|53300|08\w{3}|ECONNRESET|EPIPE)$/
const unreachable = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/
const lost = /^Connection terminated|^timeout expired$|^connect ENOENT/

/** Whether the same may work in a moment; what was reached before and is no longer may come back. */
export function mayPass(error: unknown, wasReached: boolean): boolean {
  const code = codeOf(error)
  if (passing.test(code) || (error instanceof StepError && lost.test(error.message))) return true
  return wasReached && (unreachable.test(code) || lost.test((error as Error).message))
}

const again = 'Then run it again: npm run migrate'

function ofStep({ code, migration }: StepError, message: string): string {
  if (!migration && code === '42501')
    return `What was applied cannot be read: ${message}. Grant this role SELECT on it, or migrate by the role that owns the tables. ${again}`
  if (!migration)
    return `What was applied cannot be read: ${message} (${code || 'no code'}). Remove the cause. ${again}`
  if (code === 'encoding')
    return `The database cannot keep the letters of all names, for ${message}. Create it anew with ENCODING 'UTF8' TEMPLATE template0. ${again}`
  if (code === 'busy')
    return `Another process has been migrating all the time. In pg_stat_activity it is metamots_migrate: wait for its end, or end it. ${again}`
  if (code === 'standby')
    return `${migration} is to be applied, but this server is a standby, which is read-only. Give the URL of the primary`
  if (code === '25006')
    return `${migration} is to be applied, but the database is read-only (default_transaction_read_only). Turn that off. ${again}`
  if (/^(?:55P03|57014|40P01)$/.test(code))
    return `${migration} needs a lock that others kept all the time, such as a backup or a long transaction (${message}). Nothing of it was applied. See pg_stat_activity, and wait for their end. ${again}`
  if (code === '42501')
    return `${migration}: ${message}. Nothing of it was applied. Migrate by the role that owns the tables, with GRANT CREATE ON SCHEMA public. ${again}`
  if (/^(?:42P07|42701|42710)$/.test(code))
    return `${migration}: ${message}, and no migration of this service made it. Nothing of it was applied. Give the service a database of its own, or rename what is there. ${again}`
  return `${migration}: ${message} (${code || 'no code'}). Nothing of it was applied. Remove the cause. ${again}`
}

function ofConnection(code: string, message: string, target: Target): string {
  const { variable, server } = placeOf(target)
  if (unreachable.test(code) || lost.test(message))
    return `Can't reach database server at \`${server}\` (${code || message}). See that it runs and that ${variable} is right`
  if (/^28/.test(code)) return `\`${server}\` refuses the role or its password (${code}). Put ${variable} right`
  if (code === '3D000') return `At \`${server}\` there is no database of this name. Create it, or put ${variable} right`
  if (code === 'ERR_INVALID_URL') return `${variable} is not a URL. Write # / ? @ of a password as %23 %2F %3F %40`
  return `\`${server}\`: ${message} (${code || 'no code'})`
}

function placeOf(target: Target): { variable: string; server: string } {
  const url = migrationUrl(target)
  const variable = url && url === target.directDatabaseUrl ? 'DIRECT_DATABASE_URL' : 'DATABASE_URL'
  if (!url) return { variable, server: 'the embedded database' }
  // A user without a host is one for a socket.
  const place = url.replace('@/', '@localhost/')
  if (!URL.canParse(place)) return { variable, server: `that of ${variable}` }
  const { hostname, port, searchParams } = new URL(place)
  return { variable, server: `${searchParams.get('host') ?? decodeURIComponent(hostname)}:${port || 5432}` }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? '')
}
