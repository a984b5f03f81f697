import { existsSync } from 'node:fs'
import path from 'node:path'
import { DatabaseInUseError } from '@/lib/db/embedded'
import { inWords } from '@/scripts/commands/in-words'
import { type Check, fault, type Patient, type Verdict, warning, well } from '@/scripts/doctor/check'
import { type Ask, connectPlainly } from '@/scripts/plain-connection'

/** The oldest release of Postgres that this needs, and the oldest that its makers still mend. */
const [oldest, oldestMended] = [14, 15]

/** The check that opens the database for those after it, and what closes it again. */
export function openDatabase(patient: Patient): [Check, () => Promise<void>] {
  let close = async () => {}
  const look = async (): Promise<Verdict> => {
    const { databaseUrl, dataDir } = patient
    if (!databaseUrl && !existsSync(path.join(dataDir, 'database')))
      return well(`none yet: the first start makes an embedded one in ${dataDir}`)
    try {
      const connection = await connectPlainly(patient)
      close = () => connection.close().catch(() => {})
      const verdict = await judge(connection.ask, databaseUrl === null)
      patient.ask = connection.ask
      return verdict
    } catch (error) {
      const { message } = inWords(error)
      if (error instanceof DatabaseInUseError)
        return warning(message, 'Nothing is wrong with that; stop the service to have its database looked at.')
      return fault(
        `${message.replace(/ See: .*$/, '')} ${whereIs(databaseUrl)}`,
        'Compare DATABASE_URL with what the host of the database says: name, port, user, password, sslmode; and whether a firewall is between.',
      )
    }
  }
  return [{ name: 'database', look }, () => close()]
}

type Seen = { version: number; isReadOnly: boolean; user: string; name: string }

async function judge(ask: Ask, isEmbedded: boolean): Promise<Verdict> {
  const [seen] = await ask<Seen>(`
    SELECT current_setting('server_version_num')::int / 10000 AS "version", current_user AS "user", current_database() AS "name",
      current_setting('transaction_read_only') = 'on' AS "isReadOnly"`)
  if (!seen) throw new Error('no answer')
  const { version, user, name, isReadOnly } = seen
  const text = isEmbedded ? `embedded, Postgres ${version}` : `Postgres ${version}, database ${name}, user ${user}`
  if (isReadOnly)
    return fault(
      `${text}, read-only`,
      'Give the URL of the primary in DATABASE_URL, or end default_transaction_read_only.',
    )
  if (version < oldest) return fault(text, `Use Postgres ${oldest} or newer.`)
  return version < oldestMended ? warning(text, 'Its makers mend this release no more: plan a newer one.') : well(text)
}

/** Where the URL leads, without user and password. */
function whereIs(databaseUrl: string | null): string {
  const url = databaseUrl !== null && URL.canParse(databaseUrl) ? new URL(databaseUrl) : null
  return url ? `(${url.hostname}:${url.port || '5432'}${url.pathname})` : ''
}
