import { readFile } from 'node:fs/promises'
import { type Service, started } from '@/tests/e2e/service'
import { type Kind, secrets, shown } from '@/tests/e2e/witness'
import { query } from '@/tests/support/postgres-admin'

type Place = { name: string; text: string; mayHold?: Kind[] }

/** Where an account and its undecided or undelivered mail keep what they are about. */
const homes: Record<string, Kind[]> = {
  'Account.email': ['address'],
  'Account.emailKey': ['address'],
  'Account.firstName': ['name'],
  'Account.lastName': ['name'],
  'Token.sentTo': ['address'],
  'Mail.sentTo': ['address'],
}

/** Everything private that is found where it does not belong: in a page, or a log or table of a service or another on its Postgres. */
export async function findLeaks(service: Service, sought: Iterable<[string, Kind]> = secrets): Promise<string[]> {
  const services = new Set([service, ...started.filter(({ postgres }) => postgres === service.postgres)])
  const places = [await databaseLog(service), ...pages()]
  for (const each of services) places.push({ name: 'the log', text: each.app.log() }, ...(await cells(each)))
  const leaks = new Set<string>()
  for (const [secret, kind] of sought) {
    const spellings = spellingsOf(secret)
    for (const { name, text, mayHold = [] } of places)
      if (!mayHold.includes(kind) && spellings.some((spelling) => text.includes(spelling)))
        leaks.add(`${kind} ${secret} in ${name}`)
  }
  return [...leaks]
}

/** Each line once: the same few statements are most of it, after a time and a number. */
async function databaseLog({ postgres }: Service): Promise<Place> {
  const lines = (await readFile(postgres.logFile, 'utf8')).split('\n')
  const texts = new Set(lines.map((line) => line.replace(/^[\d-]+ [\d:.]+ UTC \[\d+\] /, '')))
  return { name: 'the log of Postgres', text: [...texts].join('\n') }
}

/** One text for each column: to search every cell by itself takes several times as long. */
async function cells({ databaseUrl }: Service): Promise<Place[]> {
  const tables = await query(databaseUrl, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
  const columns = new Map<string, Place>()
  for (const { tablename: table } of tables)
    for (const { row } of (await query(databaseUrl, `SELECT to_jsonb(t) AS row FROM "${table}" t`)) as { row: Row }[])
      for (const [column, value] of Object.entries(row)) {
        const name = `${table}.${column}`
        const isClaim = name === 'Mail.data' && row.state === 'waiting' && row.template === null
        const mayHold: Kind[] = isClaim ? ['address', 'name'] : (homes[name] ?? [])
        const place = columns.get(`${name} ${isClaim}`) ?? { name, text: '', mayHold }
        place.text += `\n${JSON.stringify(value)}`
        columns.set(`${name} ${isClaim}`, place)
      }
  return [...columns.values()]
}

type Row = Record<string, unknown>

/** An address may be on the pages of its account, and come back to whoever typed it; a name anywhere there is a person. */
function pages(): Place[] {
  return shown.map(({ method, path, body }) => {
    const isOwn = method === 'POST' || /^\/\w\w\/account/.test(path)
    return { name: `the answer to ${method} ${path}`, text: body, mayHold: isOwn ? ['address', 'name'] : ['name'] }
  })
}

/** A text as logs, tables and pages would write it. */
function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const html = secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  const base64 = Buffer.from(secret).toString('base64').slice(0, -4)
  return [...new Set([secret, json, html, encodeURIComponent(secret.toWellFormed()), base64, secret.toLowerCase()])]
}
