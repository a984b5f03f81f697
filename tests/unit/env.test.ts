import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConfigurationError, readBuildSecret, readEnv } from '@/lib/env'
import { deployed, variableFaults } from '@/tests/support/variables'
import { newFolder } from '@/tests/support/vitest/folder'

const local = { APP_SECRET: deployed.APP_SECRET }

test('without any variable but its data folder, it is a service of this machine with everything embedded', async () => {
  const dataDir = await newFolder()
  expect(readEnv({ DATA_DIR: dataDir })).toMatchObject({
    mode: 'local',
    appUrl: 'http://localhost:3000',
    databaseUrl: null,
    dataDir,
    previousSecret: null,
    resend: null,
    cronSecret: null,
    trustedIpHeader: null,
  })
  expect(readEnv({ ...local, PORT: '4321' }).appUrl).toBe('http://localhost:4321')
  expect(readEnv({ ...local, PORT: '80' }).appUrl).toBe('http://localhost')
})

test('an https origin makes it a deployed service, which has all it asked for', () => {
  expect(readEnv(deployed)).toMatchObject({
    mode: 'deployed',
    appUrl: deployed.APP_URL,
    databaseUrl: deployed.DATABASE_URL,
    secret: deployed.APP_SECRET,
    resend: { apiKey: deployed.RESEND_API_KEY, baseUrl: null },
    mailPlan: { perSecond: 5, perDay: null },
    mailFrom: deployed.MAIL_FROM,
    cronSecret: deployed.CRON_SECRET,
    trustedIpHeader: 'x-vercel-forwarded-for',
  })
})

test('a deployed service without its variables names each of them at once, blank ones too', () => {
  const { APP_URL, ...rest } = deployed
  const blank = Object.fromEntries(Object.keys(rest).map((name) => [name, ' \t ']))
  for (const variables of [{ APP_URL }, { APP_URL, ...blank }])
    expect(variableFaults(variables)).toEqual(Object.keys(rest).map((name) => `${name} is missing`))
})

test('here a mail provider is optional, but needs a sender, and may be another', () => {
  const RESEND_API_KEY = deployed.RESEND_API_KEY
  expect(variableFaults({ ...local, RESEND_API_KEY })).toEqual(['MAIL_FROM is missing'])
  expect(
    readEnv({ ...local, RESEND_API_KEY, MAIL_FROM: deployed.MAIL_FROM, RESEND_BASE_URL: 'http://127.0.0.1:4000' }),
  ).toMatchObject({ mode: 'local', resend: { apiKey: RESEND_API_KEY, baseUrl: 'http://127.0.0.1:4000' } })
})

test('here, where mails lie open, it listens to this machine, whatever a shell calls its host', () => {
  for (const HOST of ['::', '0.0.0.0', '192.0.2.1', 'box', 'x86_64-conda-linux-gnu'])
    expect(readEnv({ ...local, HOST }).host).toBe('127.0.0.1')
  for (const HOST of ['127.0.0.1', '127.0.0.2', '::1', 'localhost']) expect(readEnv({ ...local, HOST }).host).toBe(HOST)
  const { RESEND_API_KEY, MAIL_FROM } = deployed
  expect(readEnv({ ...local, HOST: '::', RESEND_API_KEY, MAIL_FROM }).host).toBe('::')
})

test('whatever the variables hold, what it says of them quotes no value', () => {
  const names = [
    ...Object.keys(deployed),
    'APP_SECRET_PREVIOUS',
    'RESEND_WEBHOOK_SECRET',
    'RESEND_BASE_URL',
    'ACCESSIBILITY_CONTACT',
    'SUPPORT_CONTACT',
  ]
  const value = fc
    .tuple(fc.stringMatching(/^[\w <>@.:/-]{0,20}$/), fc.constantFrom('', 'CANARY'))
    .map((pair) => pair.join(''))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (variables) => {
      try {
        readEnv({ ...deployed, ...variables })
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError)
        expect(`${(error as Error).message} ${(error as Error).stack}`).not.toContain('CANARY')
      }
    }),
  )
})

test('a build has the secret of the service, this machine’s own where that is empty, and takes no wrong one', async () => {
  const DATA_DIR = await newFolder()
  const own = readBuildSecret({ DATA_DIR })
  expect(readBuildSecret({ ...deployed, DATA_DIR })).toBe(deployed.APP_SECRET)
  for (const APP_SECRET of ['', ' \r'])
    expect(readBuildSecret({ APP_URL: deployed.APP_URL, APP_SECRET, DATA_DIR })).toBe(own)
  for (const APP_SECRET of ['short', 'change-me-change-me-0123456789-abcdef'])
    expect(() => readBuildSecret({ APP_SECRET, DATA_DIR })).toThrow('APP_SECRET is not usable')
})

test('a folder in which nothing can be kept is a fault of the configuration', () => {
  for (const DATA_DIR of ['/dev/null', '/dev/null/data', `/tmp/${'n'.repeat(300)}`])
    expect(variableFaults({ DATA_DIR })).toEqual(['DATA_DIR is not usable'])
})
