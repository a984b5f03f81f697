/** What Prisma reads in the URL of a Postgres for its own TLS, and this service's driver does not. */
const tlsOfPrisma = ['sslaccept', 'sslidentity', 'sslpassword']

/**
 * What is wrong with the parameters of a Postgres' URL, because it would be silently ignored; null when nothing is. Of
 * Prisma's other parameters `connection_limit` holds here too, and those of poolers and waits mean nothing.
 */
export function parameterFault(url: string): string | null {
  const parameters = parametersOf(url)
  if ((parameters.get('schema') ?? 'public') !== 'public')
    return 'names a schema, and the tables are in public. Remove the parameter schema, or use a database of its own'
  const foreign = tlsOfPrisma.find((name) => parameters.has(name))
  if (foreign)
    return `has the parameter ${foreign}, which only Prisma knows. Say sslmode=verify-full, and sslrootcert if needed`
  if (parameters.get('sslrootcert') === 'system')
    return 'has sslrootcert=system, which this driver takes for a file. Leave it out: sslmode=verify-full alone trusts the public authorities'
  if (parameters.has('connection_limit') && connectionLimit(url) === null)
    return 'has a connection_limit that is no whole number from 1'
  return null
}

/** How many connections a process may open, as `connection_limit` of the URL says; null where it says nothing. */
export function connectionLimit(url: string | null): number | null {
  const text = parametersOf(url).get('connection_limit') ?? ''
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null
}

/** Whether the URL says that a pooler stands before the server, as it does for Prisma. */
export function isPooled(url: string): boolean {
  return parametersOf(url).get('pgbouncer') === 'true'
}

function parametersOf(url: string | null): URLSearchParams {
  return new URLSearchParams(url?.split('?').slice(1).join('?'))
}
