import { Client, escapeIdentifier } from 'pg'

/** Creates a database, a copy of the template if one is named, and returns its URL. Nobody may be using the template. */
export async function createDatabase(adminUrl: string, name: string, template = 'template1'): Promise<string> {
  await query(adminUrl, `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`)
  const url = new URL(adminUrl)
  url.pathname = encodeURIComponent(name)
  return url.href
}

/** Drops a database, cutting the connections that are still open on it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await query(adminUrl, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
