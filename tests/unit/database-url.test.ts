import { expect, test } from 'vitest'
import { connectionLimit } from '@/lib/database-url'
import { readEnv } from '@/lib/env'
import { deployed, variableFaults } from '@/tests/support/variables'

const plain = deployed.DATABASE_URL

test.each([
  ['?schema=metamots', 'names a schema'],
  ['?sslmode=require&schema=', 'names a schema'],
  ['?sslaccept=strict', 'has the parameter sslaccept'],
  ['?sslidentity=client.p12&sslpassword=secret', 'has the parameter sslidentity'],
  ['?sslmode=verify-full&sslrootcert=system', 'has sslrootcert=system'],
  ['?connection_limit=0', 'has a connection_limit'],
  ['?connection_limit=many', 'has a connection_limit'],
])('what would be ignored in the URL of a database is refused by name: %s', (parameters, why) => {
  for (const variable of ['DATABASE_URL', 'DIRECT_DATABASE_URL'])
    expect(() => readEnv({ ...deployed, [variable]: plain + parameters })).toThrow(
      `${variable} is not usable: it ${why}`,
    )
})

test('what hosts put into the URL of a database by habit is taken', () => {
  for (const parameters of [
    '?schema=public',
    '?pgbouncer=true&connection_limit=1',
    '?sslmode=verify-full&channel_binding=require&connect_timeout=15',
    '?pool_timeout=20&socket_timeout=30&statement_cache_size=0',
    '?options=endpoint%3Dep-1',
  ])
    expect(variableFaults({ ...deployed, DATABASE_URL: plain + parameters })).toEqual([])
  expect(connectionLimit(`${plain}?connection_limit=3`)).toBe(3)
  expect(connectionLimit(plain)).toBeNull()
})

test('the direct URL for migrations is optional, and refused where it is no Postgres', () => {
  expect(readEnv(deployed).directDatabaseUrl).toBeNull()
  expect(readEnv({ ...deployed, DIRECT_DATABASE_URL: plain }).directDatabaseUrl).toBe(plain)
  expect(variableFaults({ ...deployed, DIRECT_DATABASE_URL: 'mysql://here/there' })).toEqual([
    'DIRECT_DATABASE_URL is not usable',
  ])
  expect(variableFaults({ APP_SECRET: deployed.APP_SECRET, DIRECT_DATABASE_URL: plain })).toEqual([
    'DIRECT_DATABASE_URL is of no use without DATABASE_URL',
  ])
})
