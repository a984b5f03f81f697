import { type RawForm, type RawPost, rawPost } from '@/tests/e2e/raw-form'
import { query } from '@/tests/support/postgres-admin'

/** What the forms of a visitor ask for, all of it as they would take it. */
export const good: [string, string][] = [
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

/** What a submission could have written, but for the counters of limits and the record of refusals. */
export function rows(databaseUrl: string): Promise<Record<string, unknown>[]> {
  return query(
    databaseUrl,
    'SELECT (SELECT count(*) FROM "Account") AS accounts, (SELECT count(*) FROM "Token") AS tokens, (SELECT count(*) FROM "Session") AS sessions, (SELECT count(*) FROM "Mail") AS mails',
  )
}
