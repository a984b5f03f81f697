import { randomBytes, randomInt } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { type Answer, openLine, requestOf } from '@/bench/line'
import type { Stand } from '@/bench/stands'
import { hashPolicy } from '@/lib/policy'
import { type RawForm, readForm, submission } from '@/tests/support/http/forms'
import { newPassword, newPerson } from '@/tests/support/person'
import { query } from '@/tests/support/postgres/query'
import { people } from '@/tests/timing/people'

/** The requests of one service, as many as are wanted, each of somebody else and from a network of its own. */
export type Walks = {
  logIn(): Buffer
  wrongPassword(): Buffer
  resetKnown(): Buffer
  resetUnknown(): Buffer
  session(): Buffer
  page(): Buffer
  health(): Buffer
  /** Whether a sign-in led on. */
  isIn(answer: Answer): boolean
}

export const password = newPassword

/** Ours: forms as a browser without scripts sends them; who signs in has the mark of an earlier sign-in. */
export async function walksOfOurs({ port, databaseUrl }: Stand, members: number): Promise<Walks> {
  const all = await people(databaseUrl, 'confirmed', members, password)
  const url = `http://localhost:${port}`
  const [logIn, reset] = [await readForm(url, '/fr/login'), await readForm(url, '/fr/forgot-password')]
  const post = ({ path, ...form }: RawForm, fields: Record<string, string>, cookie = '') => {
    const boundary = `bench-${randomBytes(16).toString('hex')}`
    const parts = (submission({ path, ...form }, fields, false).fields ?? []).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    const headers = {
      host: `localhost:${port}`,
      origin: url,
      'x-test-address': [10, randomInt(256), randomInt(256), randomInt(256)].join('.'),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      cookie: `lang=fr${cookie && `; ${cookie}`}`,
    }
    return requestOf('POST', path, headers, `${parts.join('')}--${boundary}--\r\n`)
  }
  const get = (path: string, cookie = '') =>
    requestOf('GET', path, {
      host: `localhost:${port}`,
      cookie: `lang=fr${cookie && `; ${cookie}`}`,
      'accept-encoding': 'gzip',
    })
  const turn = inTurn(all)
  const credentials = () => ({ identifier: turn().email, password, locale: 'fr' })
  const line = await openLine(port)
  // By now everybody has the mark of an earlier sign-in.
  const marks = new Map<string, string>()
  const isIn = ({ status, head }: Answer) => status === 303 && /\r\nlocation: \/fr\/account\r\n/i.test(`${head}\r\n`)
  let cookie = ''
  for (const { email } of all) {
    const answer = await line.ask(post(logIn, { identifier: email, password, locale: 'fr' }))
    if (!isIn(answer)) throw new Error(`a sign-in was answered ${answer.status}`)
    marks.set(email, /device=[^;]+/.exec(answer.head)?.[0] ?? '')
    cookie = /session=[^;]+/.exec(answer.head)?.[0] ?? ''
  }
  line.hangUp()
  const identity = ({ password: _, ...claim }: ReturnType<typeof newPerson>) => claim
  return {
    logIn: () => {
      const fields = credentials()
      return post(logIn, fields, marks.get(fields.identifier))
    },
    wrongPassword: () => post(logIn, { ...credentials(), password: 'Another-password-1' }),
    resetKnown: () => post(reset, identity(turn())),
    resetUnknown: () => post(reset, identity(newPerson())),
    session: () => get('/fr/account/change-password', cookie),
    page: () => get('/fr/login'),
    health: () => get('/api/health/live'),
    isIn,
  }
}

/** The same of better-auth, as its client sends them. It has no pages. */
export async function walksOfPeer({ port, databaseUrl }: Stand, members: number): Promise<Walks> {
  const kept = await hash(password, hashPolicy)
  const emails = Array.from({ length: members }, () => newPerson().email)
  await query(
    databaseUrl,
    `WITH person AS (
      INSERT INTO "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt")
      SELECT gen_random_uuid()::text, 'Claude Martin', email, true, now(), now() FROM unnest(string_to_array('${emails}', ',')) AS email RETURNING "id")
    INSERT INTO "account" ("id", "accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
    SELECT gen_random_uuid()::text, "id", 'credential', "id", '${kept}', now(), now() FROM person`,
  )
  await query(databaseUrl, 'ANALYZE')
  const origin = `http://127.0.0.1:${port}`
  const headers = { host: `127.0.0.1:${port}`, origin, 'content-type': 'application/json' }
  const post = (path: string, body: object) => requestOf('POST', `/api/auth/${path}`, headers, JSON.stringify(body))
  const get = (path: string, more = {}) => requestOf('GET', `/api/auth/${path}`, { ...headers, ...more })
  const turn = inTurn(emails)
  const isIn = ({ status }: Answer) => status === 200
  const line = await openLine(port)
  const answer = await line.ask(post('sign-in/email', { email: turn(), password }))
  if (!isIn(answer)) throw new Error(`a sign-in was answered ${answer.status}`)
  line.hangUp()
  const cookie = /better-auth\.session_token=[^;]+/.exec(answer.head)?.[0] ?? ''
  return {
    logIn: () => post('sign-in/email', { email: turn(), password }),
    wrongPassword: () => post('sign-in/email', { email: turn(), password: 'Another-password-1' }),
    resetKnown: () => post('request-password-reset', { email: turn() }),
    resetUnknown: () => post('request-password-reset', { email: newPerson().email }),
    session: () => get('get-session', { cookie }),
    page: () => get('ok'),
    health: () => get('ok'),
    isIn,
  }
}

function inTurn<Value>(all: Value[]): () => Value {
  let next = 0
  return () => all[next++ % all.length] as Value
}
