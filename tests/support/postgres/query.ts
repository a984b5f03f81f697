import { Client, type DatabaseError, escapeIdentifier } from 'pg'

const OBJECT_IN_USE = '55006'

/** Creates a database, a copy of the template if one is named, and returns its URL. Nobody may be using the template. */
export async function createDatabase(adminUrl: string, name: string, template = 'template1'): Promise<string> {
  await query(adminUrl, `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`)
  const url = new URL(adminUrl)
  url.pathname = encodeURIComponent(name)
  return url.href
}

/** Drops a database. Connections get the five seconds Postgres waits for them to leave; then they are cut. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  const drop = `DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`
  try {
    await query(adminUrl, drop)
  } catch (error) {
    if ((error as DatabaseError).code !== OBJECT_IN_USE) throw error
    await query(adminUrl, `${drop} WITH (FORCE)`)
  }
}

/** Runs one statement on a connection of its own, and keeps it out of the server's log. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query("SET log_statement = 'none'")
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
