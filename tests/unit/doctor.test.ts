import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readEnv } from '@/lib/env'
import type { Patient } from '@/scripts/doctor/check'
import { clock } from '@/scripts/doctor/clock'
import { configuration } from '@/scripts/doctor/configuration'
import { databaseLimits } from '@/scripts/doctor/database-limits'
import { examine } from '@/scripts/doctor/examine'
import { listening } from '@/scripts/doctor/listening'
import { judgeDomain } from '@/scripts/doctor/mail-domain'
import { mailProvider } from '@/scripts/doctor/mail-provider'
import type { Ask } from '@/scripts/plain-connection'
import { deployed } from '@/tests/support/variables'
import { newFolder } from '@/tests/support/vitest/folder'

const key = 're_test_123456789'
const sender = 'Metamots <no-reply@metamots.example>'
const verified = { id: 'd', name: 'metamots.example', status: 'verified' }

test('a configuration is told of with all its faults at once, and none of its values', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const dataDir = await newFolder()
  const { RESEND_API_KEY: _, ...variables } = {
    ...deployed,
    DATABASE_URL: 'mysql://hidden:hidden@127.0.0.1:1/',
    APP_SECRET: 'hidden',
  }
  const findings = await examine({ ...variables, DATA_DIR: dataDir })
  const [found] = findings
  expect(found).toMatchObject({
    check: 'configuration',
    state: 'fault',
    seen: expect.stringMatching(/DATABASE_URL.*APP_SECRET/),
  })
  expect(JSON.stringify(findings)).not.toContain('hidden')
  expect(findings.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['password hashing', 'mail provider', 'outbox']),
  )
  expect(await configuration.look(patient({ env: readEnv(deployed) }))).toMatchObject({ state: 'ok' })
})

test.each([
  ['a good key that may do all', 200, { object: 'list', data: [verified] }, 'ok', /verified/],
  ['a good key that may only send', 401, { name: 'restricted_api_key' }, 'ok', /for sending alone/],
  ['a key that is dead', 401, { name: 'invalid_api_key' }, 'fault', /refused/],
  ['a key that is refused', 403, { name: 'invalid_api_key' }, 'fault', /refused/],
  ['a sender of no domain of the account', 200, { object: 'list', data: [] }, 'fault', /no domain/],
  [
    'a domain not yet verified',
    200,
    { object: 'list', data: [{ ...verified, status: 'pending' }] },
    'fault',
    /pending/,
  ],
  [
    'a domain that tracks clicks',
    200,
    { object: 'list', data: [{ ...verified, click_tracking: true }] },
    'warning',
    /tracks/,
  ],
  ['a provider in trouble', 500, { name: 'internal_server_error' }, 'warning', /500/],
  ['a provider that is asked too often', 429, { name: 'rate_limit_exceeded' }, 'warning', /429/],
] as const)('of %s the doctor says so', async (_, status, body, state, seen) => {
  const asked: string[] = []
  const url = await answering(status, { statusCode: status, message: 'as it says', ...body }, asked)
  const verdict = await mailProvider.look(patientAt(url))
  expect(verdict).toEqual(expect.objectContaining({ state, seen: expect.stringMatching(seen) }))
  expect(verdict.state === 'ok' || (verdict.remedy ?? '').length > 10).toBe(true)
  expect(asked).toEqual([expect.stringMatching(/^GET \/domains/)])
  expect(JSON.stringify(verdict)).not.toContain(key)
})

test('a provider that is not reached is a warning, and none at all is in order', async () => {
  expect(await mailProvider.look(patientAt('http://127.0.0.1:1'))).toMatchObject({
    state: 'warning',
    seen: /not reached/,
  })
  expect(await mailProvider.look(patient({}))).toMatchObject({ state: 'ok' })
})

test('the records of the domain that mails come from are looked for where Resend has them put', async () => {
  const records: Record<string, string[]> = {
    'send.mail.metamots.example': ['v=spf1 include:amazonses.com ~all'],
    'resend._domainkey.mail.metamots.example': [`p=${'A'.repeat(216)}`],
    '_dmarc.metamots.example': ['google-site-verification=1', 'v=DMARC1; p=reject;'],
  }
  const judge = (less: string[]) =>
    judgeDomain('mail.metamots.example', async (name) => (less.includes(name) ? [] : (records[name] ?? [])))
  expect(await judge([])).toMatchObject({ state: 'ok' })
  for (const [what, name] of Object.entries({
    SPF: 'send.mail.metamots.example',
    DKIM: 'resend._domainkey.mail.metamots.example',
    DMARC: '_dmarc.metamots.example',
  }))
    expect(await judge([name])).toMatchObject({ state: 'warning', seen: expect.stringContaining(`lacks ${what}`) })
})

test('a name server that is not reached is no fault of the domain', async () => {
  const verdict = await judgeDomain('metamots.example', () => Promise.reject(new Error('ETIMEOUT')))
  expect(verdict).toMatchObject({ state: 'ok', seen: expect.stringContaining('not looked at') })
})

test('clocks that are apart are noticed, a minute is a fault, and a slow answer is neither', async () => {
  const look = (milliseconds: number, delayMs = 0) => clock.look(patient({ ask: clockAt(milliseconds, delayMs) }))
  expect(await look(0, 50)).toMatchObject({ state: 'ok' })
  for (const apart of [-30_000, 30_000])
    expect(await look(apart)).toMatchObject({ state: 'warning', seen: /^(29|30)\.\d s/ })
  for (const apart of [-90_000, 90_000]) expect(await look(apart)).toMatchObject({ state: 'fault' })
})

test('limits that a pooler took away are told of', async () => {
  const settings =
    (value: string): Ask =>
    async <Row>() =>
      ['statement_timeout', 'lock_timeout'].map((name) => ({
        name,
        value: name === 'lock_timeout' ? value : '3s',
      })) as Row[]
  const look = (value: string) => databaseLimits.look(patient({ databaseUrl: 'postgresql://', ask: settings(value) }))
  expect(await look('1s')).toEqual({ state: 'ok', seen: 'statement_timeout 3s, lock_timeout 1s' })
  expect(await look('0')).toMatchObject({ state: 'warning', remedy: expect.stringContaining('Behind a pooler') })
})

test('a deployed process that listens on every interface is warned of, and one for its machine alone is not', async () => {
  const listeningAt = (variables: Record<string, string>) => listening.look(patient({ env: readEnv(variables) }))
  const local = { DATA_DIR: await newFolder() }
  expect(await listeningAt(local)).toEqual({ state: 'ok', seen: '127.0.0.1, port 3000' })
  expect(await listeningAt(deployed)).toMatchObject({ state: 'ok', seen: /^127\.0\.0\.1/ })
  for (const host of ['::', '0.0.0.0'])
    expect(await listeningAt({ ...deployed, HOST: host })).toMatchObject({
      state: 'warning',
      remedy: expect.stringContaining('HOST=127.0.0.1'),
    })
})

function patient(known: Partial<Patient>): Patient {
  return { env: null, faults: [], databaseUrl: null, dataDir: '', apiKey: null, mailFrom: sender, ask: null, ...known }
}

function patientAt(baseUrl: string): Patient {
  const env = readEnv({ ...deployed, APP_URL: 'http://localhost:3000', RESEND_API_KEY: key, RESEND_BASE_URL: baseUrl })
  return patient({ env, apiKey: key })
}

/** A database whose clock is so far from this machine’s. */
function clockAt(milliseconds: number, delayMs: number): Ask {
  return async <Row>() => {
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    return [{ now: Date.now() + milliseconds }] as Row[]
  }
}

/** A provider that answers everything so. */
async function answering(status: number, body: object, asked: string[]): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
