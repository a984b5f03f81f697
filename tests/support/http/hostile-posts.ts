import { type RawForm, type RawPost, rawPost } from '@/tests/support/http/forms'
import { query } from '@/tests/support/postgres/query'

/** A good value for each field of a visitor's forms. */
export const goodFields: [string, string][] = [
  ['identifier', 'nobody@example.org'],
  ['email', 'nobody@example.org'],
  ['firstName', 'Éloïse'],
  ['lastName', 'D’Arc'],
  ['country', 'BE'],
  ['organizationType', 'company'],
  ['password', 'Tr0ub4dor&hostile'],
  ['newPassword', 'Tr0ub4dor&hostile'],
  ['locale', 'fr'],
]

/** Posts to the page of a form, each time from another network address. */
export function post(url: string, form: RawForm, address: string, sent: RawPost): Promise<Response> {
  return rawPost(url, form.path, {
    ...sent,
    headers: { 'x-test-address': `${address}-${Math.random()}`, ...sent.headers },
  })
}

/** How many rows there are that a submission could write. Limits and events do not count. */
export function rows(databaseUrl: string): Promise<Record<string, unknown>[]> {
  return query(
    databaseUrl,
    'SELECT (SELECT count(*) FROM "Account") AS accounts, (SELECT count(*) FROM "Token") AS tokens, (SELECT count(*) FROM "Session") AS sessions, (SELECT count(*) FROM "Mail") AS mails',
  )
}
