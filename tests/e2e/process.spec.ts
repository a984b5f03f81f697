import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect } from '@playwright/test'
import { type Command, runCommandLine } from '@/tests/support/app/command'
import { copyBuild } from '@/tests/support/app/copied-build'
import type { Service } from '@/tests/support/app/service'
import { test } from '@/tests/support/browser/test'
import { readForm, submission, submitTo } from '@/tests/support/http/forms'
import { credentialsOf, identityOf } from '@/tests/support/http/raw-walks'
import { newPerson } from '@/tests/support/person'
import { findPort } from '@/tests/support/port'
import { query } from '@/tests/support/postgres/query'

test.describe.configure({ timeout: 180_000 })

/** More than the ten seconds that are promised, for this machine may be busy with others. */
const soonMs = 20_000

/** Whose mails do not lie open, so that it may be reached from anywhere. */
const sending = { RESEND_API_KEY: 're_test_123456789', MAIL_FROM: 'Metamots <no-reply@metamots.example>' }

const stops: Record<string, (pid: number) => void> = {
  'TERM to npm alone': (pid) => process.kill(pid, 'SIGTERM'),
  'Ctrl-C, to all of them, twice': (pid) => {
    process.kill(-pid, 'SIGINT')
    process.kill(-pid, 'SIGINT')
  },
}

for (const [how, stop] of Object.entries(stops)) {
  test(`npm start ends within ten seconds by ${how}, a sign-in under way is answered, and the port is free`, async ({
    service,
  }) => {
    const { url, command } = await start(service)
    // A browser keeps its connections open.
    const kept = await fetch(`${url}/fr/login`)
    expect([(await kept.text()).length > 0, kept.headers.get('keep-alive')]).toEqual([true, 'timeout=65'])
    const person = await beginSignIn(url)
    const began = Date.now()
    stop(command.pid)
    await expect.poll(() => isFree(Number(new URL(url).port))).toBe(true)
    expect(await person.finish()).toBe(200)
    expect(await command.ended).toBe(0)
    expect(Date.now() - began).toBeLessThan(soonMs)
    expect(command.output()).not.toMatch(/npm error|^\s+at /m)
  })
}

test('npm start ends within ten seconds whatever a client never does', async ({ service }) => {
  const { url, command } = await start(service)
  const person = await beginSignIn(url)
  const began = Date.now()
  process.kill(command.pid, 'SIGTERM')
  expect(await command.ended).toBe(0)
  expect(Date.now() - began).toBeLessThan(soonMs)
  person.abandon()
})

test('npm start ends as well while it is still getting ready, with all that it runs', async ({ service }) => {
  const { command } = await start(service, (output) => output.includes('> '))
  const began = Date.now()
  process.kill(command.pid, 'SIGTERM')
  // Before it listens for signals, it is one that ends it.
  expect([0, 'SIGTERM']).toContain(await command.ended)
  expect(Date.now() - began).toBeLessThan(soonMs)
})

test('what stands in .env is one service for every command, and a real variable wins', async ({ service }) => {
  const [named, other] = [await emptyDatabase(service), await emptyDatabase(service)]
  const root = await copyBuild()
  const port = await findPort()
  try {
    await writeFile(path.join(root, '.env'), `DATABASE_URL=${other}\nPORT=1\n`)
    await writeFile(path.join(root, '.env.production'), `DATABASE_URL=${named}\nPORT=${port}\n`)
    const run = (script: string, env = {}) => runCommandLine(['npm', 'run', script], env, { root, readsFiles: true })
    const migrated = run('migrate')
    expect(await migrated.ended, migrated.output()).toBe(0)
    expect(migrated.output()).toContain('Migrated: ')
    const serving = run('start')
    const url = `http://localhost:${port}`
    await serving.ready(`${url}/api/health/ready`)
    await submitTo({ url, origin: url }, '/fr/forgot-password', identityOf(newPerson()))
    process.kill(serving.pid, 'SIGTERM')
    await serving.ended
    expect(await query(named, 'SELECT 1 FROM "Mail"')).toHaveLength(1)
    await expect(query(other, 'SELECT 1 FROM "Mail"')).rejects.toThrow('does not exist')
    await run('migrate', { DATABASE_URL: other }).ended
    expect(await query(other, 'SELECT 1 FROM "Mail"')).toEqual([])
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})

test('a port that somebody has, and an address that is not here, are said in words and by name', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const port = String((taken.address() as { port: number }).port)
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: port }, /^ {2}- PORT \d+ is taken: another process listens there\. /m],
    [
      { HOST: '192.0.2.1', PORT: String(await findPort()) },
      /^ {2}- HOST is not usable: it is no address of this machine\. /m,
    ],
  ]
  for (const [env, fault] of cases) {
    const command = runCommandLine(['node', 'scripts/start.mjs'], { ...sending, ...env })
    expect(await command.ended).toBe(1)
    expect(command.output()).toMatch(fault)
    expect(command.output()).not.toMatch(/^\s+at /m)
  }
  taken.close()
})

test('it listens where HOST says, IPv6 and IPv4 at once, and ends idle connections when KEEP_ALIVE_SECONDS says', async ({
  service,
}) => {
  const others = { ...sending, HOST: '::', HOSTNAME: 'a1b2c3d4', KEEP_ALIVE_SECONDS: '2' }
  const { url, command } = await start(service, undefined, others)
  const port = Number(new URL(url).port)
  for (const host of ['127.0.0.1', '::1']) {
    const socket = connect({ host, port })
    let said = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    socket.write(`GET /api/health/live HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`)
    await once(socket, 'end')
    expect.soft(said, host).toMatch(/^HTTP\/1\.1 200 .*\r\nKeep-Alive: timeout=2\r\n/s)
    socket.destroy()
  }
  process.kill(command.pid, 'SIGTERM')
  expect(await command.ended).toBe(0)
})

/** Runs the documented command on an empty database, and waits until it is ready or has said what is waited for. */
async function start(service: Service, has?: (output: string) => boolean, others: Record<string, string> = {}) {
  const port = await findPort()
  const url = `http://localhost:${port}`
  const dataDir = await mkdtemp(path.join(tmpdir(), 'process-'))
  const command: Command = runCommandLine(['npm', 'start'], {
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: await emptyDatabase(service),
    APP_SECRET: randomBytes(32).toString('base64'),
    ...others,
  })
  command.ended.then(() => rm(dataDir, { recursive: true, force: true }))
  if (has) await expect.poll(() => has(command.output())).toBe(true)
  else await command.ready(`${url}/api/health/ready`)
  return { url, command }
}

function emptyDatabase({ postgres }: Service): Promise<string> {
  return postgres.createDatabase(`process_${randomBytes(8).toString('hex')}`)
}

/** Sends the first half of a sign-in, on a connection that is to be kept. */
async function beginSignIn(url: string) {
  const form = await readForm(url, '/fr/login')
  const data = new FormData()
  for (const [name, value] of submission(form, credentialsOf(newPerson()), false).fields ?? []) data.append(name, value)
  const encoded = new Request(url, { method: 'POST', body: data })
  const body = Buffer.from(await encoded.arrayBuffer())
  const sent = request(`${url}/fr/login`, {
    method: 'POST',
    headers: {
      origin: url,
      connection: 'keep-alive',
      expect: '100-continue',
      'content-type': encoded.headers.get('content-type') ?? '',
      'content-length': body.length,
    },
  })
  // The server has it.
  await once(sent, 'continue')
  const answered = once(sent, 'response')
  answered.catch(() => {})
  sent.on('error', () => {})
  sent.write(body.subarray(0, 100))
  return {
    finish: async () => {
      sent.end(body.subarray(100))
      const [answer] = await answered
      await buffer(answer)
      return answer.statusCode as number
    },
    abandon: () => sent.destroy(),
  }
}

/** Whether somebody could listen there. */
async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1')
  try {
    await once(probe, 'listening')
    return true
  } catch {
    return false
  } finally {
    probe.close()
  }
}
