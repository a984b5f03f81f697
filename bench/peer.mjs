import { createServer } from 'node:http'
import { hash, verify } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import pg from 'pg'

// node bench/peer.mjs <port> <database URL> <parameters of argon2>: better-auth with the same work to do, and nothing else.
const [, , port, connectionString, parameters] = process.argv
const policy = JSON.parse(parameters)
const auth = betterAuth({
  baseURL: `http://127.0.0.1:${port}`,
  secret: 'a secret of the benchmark, of thirty-two characters and more',
  database: new pg.Pool({ connectionString, max: 5 }),
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => hash(password, policy),
      verify: ({ hash: kept, password }) => verify(kept, password),
    },
    sendResetPassword: async () => undefined,
  },
})
const { runMigrations } = await getMigrations(auth.options)
await runMigrations()
createServer(toNodeHandler(auth)).listen(Number(port), '127.0.0.1', () => process.send?.('listens'))
process.once('disconnect', () => process.exit())
