import { readFile } from 'node:fs/promises'
import { type Service, started } from '@/tests/support/app/service'
import { type Kind, secrets, shown } from '@/tests/support/checks/witness'
import { dump } from '@/tests/support/postgres/dump'

type Place = { name: string; text: string; mayHold?: Kind[] }

/** Where an account and its undecided or undelivered mail keep what they are about. */
const homes: Record<string, Kind[]> = {
  'Account.email': ['address'],
  'Account.emailKey': ['address'],
  'Account.firstName': ['name'],
  'Account.lastName': ['name'],
  'PendingSignUp.email': ['address'],
  'PendingSignUp.emailKey': ['address'],
  'PendingSignUp.firstName': ['name'],
  'PendingSignUp.lastName': ['name'],
  'Token.emailKey': ['address'],
  'Token.sentTo': ['address'],
  'Mail.sentTo': ['address'],
}

/** Finds every secret where it does not belong: on a page, in a log, in a table, or in `more`. It searches all services on the same Postgres. */
export async function findLeaks(
  service: Service,
  sought: Iterable<[string, Kind]> = secrets,
  more: Place[] = [],
): Promise<string[]> {
  const services = new Set([service, ...started.filter(({ postgres }) => postgres === service.postgres)])
  const places = [await databaseLog(service), ...pages(), ...more]
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

/** Each line once, without its time and number: most lines repeat a few statements. */
async function databaseLog({ postgres }: Service): Promise<Place> {
  const lines = (await readFile(postgres.logFile, 'utf8')).split('\n')
  const texts = new Set(lines.map((line) => line.replace(/^[\d-]+ [\d:.]+ UTC \[\d+\] /, '')))
  return { name: 'the log of Postgres', text: [...texts].join('\n') }
}

/** One text for each column: to search every cell by itself takes several times as long. */
async function cells({ databaseUrl }: Service): Promise<Place[]> {
  const columns = new Map<string, Place>()
  for (const { table, ...row } of await dump(databaseUrl))
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

/**
 * Each piece of a page once: most are the same each time, and no secret is written across a tag.
 * An address may be on the pages of its account and of links mailed to it that ask for a password, and come back to whoever typed it, also on the page that follows and,
 * after a reset, in the first field of the sign-in page; a name
 * anywhere there is a person.
 */
function pages(): Place[] {
  const places = new Map<string, Place & { pieces: Set<string> }>()
  for (const { method, path, body } of shown) {
    const isOwn =
      method === 'POST' ||
      /^\/\w\w\/(account|verify-email|new-email|not-me|(forgot-password|signup(\/resend)?)\/sent)/.test(path)
    const name = `the answer to ${method} ${path}`
    for (const piece of body.split(body.startsWith('<') ? /(?<=>)/ : '\n')) {
      const isFirstField = /^\/\w\w\/login/.test(path) && /\bidentifier\b/.test(piece)
      const mayHold: Kind[] = isOwn || isFirstField ? ['address', 'name'] : ['name']
      const place = places.get(`${name} ${mayHold}`) ?? { name, text: '', mayHold, pieces: new Set() }
      place.pieces.add(piece)
      places.set(`${name} ${mayHold}`, place)
    }
  }
  return [...places.values()].map(({ pieces, ...place }) => ({ ...place, text: [...pieces].join('\n') }))
}

/** A text as logs, tables and pages would write it. */
function spellingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const html = secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  const base64 = Buffer.from(secret).toString('base64').slice(0, -4)
  return [...new Set([secret, json, html, encodeURIComponent(secret.toWellFormed()), base64, secret.toLowerCase()])]
}
