import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startForeignProgram, untilListening } from '@/tests/support/foreign-program'

/** Starts the example of Auth.js at a port of this machine. Returns what stops it. */
export async function startAuthJs(port: number, issuer: string, secret: string): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'auth-js-'))
  const program = startForeignProgram(process.execPath, ['examples/auth-js/server.mjs'], {
    title: 'the example of Auth.js',
    env: {
      ISSUER: issuer,
      CLIENT_SECRET: secret,
      URL_OF_APP: `http://127.0.0.1:${port}`,
      PORT: String(port),
      ENDED_SESSIONS: path.join(folder, 'ended-sessions'),
      AUTH_SECRET: randomBytes(32).toString('base64'),
      NODE_ENV: 'production',
    },
  })
  const end = await untilListening(program, port)
  return async () => {
    await end()
    await rm(folder, { recursive: true })
  }
}
