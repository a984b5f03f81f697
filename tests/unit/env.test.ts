import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConfigurationError, readEnv } from '@/lib/env'
import { newFolder } from '@/tests/support/folder'

const secret = 'p0J3v8m1Qx7Zr5Lk2Nw9Tb4Yc6Hd0Gf1'
const deployed = {
  APP_URL: 'https://account.metamots.example',
  DATABASE_URL: 'postgresql://owner:p4ss-w0rd@db.metamots.example:5432/metamots',
  APP_SECRET: secret,
  RESEND_API_KEY: 're_8aQz41kXw0',
  MAIL_FROM: 'Metamots <no-reply@metamots.example>',
  CRON_SECRET: '5f0c9d6e7b8a41235f0c9d6e7b8a4123',
  TRUSTED_IP_HEADER: 'X-Vercel-Forwarded-For',
}
const local = { APP_SECRET: secret }

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
    secret,
    resend: { apiKey: deployed.RESEND_API_KEY, baseUrl: null },
    mailFrom: deployed.MAIL_FROM,
    cronSecret: deployed.CRON_SECRET,
    trustedIpHeader: 'x-vercel-forwarded-for',
  })
})

test('a deployed service without its variables names each of them at once, blank ones too', () => {
  const { APP_URL, ...rest } = deployed
  const blank = Object.fromEntries(Object.keys(rest).map((name) => [name, ' \t ']))
  for (const variables of [{ APP_URL }, { APP_URL, ...blank }])
    expect(faultsOf(variables)).toEqual(Object.keys(rest).map((name) => `${name} is missing`))
})

test.each([
  ['APP_URL', 'http://account.metamots.example'],
  ['APP_URL', 'http://192.168.1.2:3000'],
  ['APP_URL', 'http://localhost.evil.example'],
  ['APP_URL', 'https://account.metamots.example/app'],
  ['APP_URL', 'https://account.metamots.example/?x'],
  ['APP_URL', 'https://account.metamots.example/#x'],
  ['APP_URL', 'https://user@account.metamots.example'],
  ['APP_URL', 'https://:word@account.metamots.example'],
  ['APP_URL', 'ftp://account.metamots.example'],
  ['APP_URL', 'javascript:alert(1)'],
  ['APP_URL', 'account.metamots.example'],
  ['DATABASE_URL', 'mysql://db.metamots.example/metamots'],
  ['DATABASE_URL', 'file:./dev.db'],
  ['APP_SECRET', 'short-but-varied-1234567890'],
  ['APP_SECRET', 'a'.repeat(64)],
  ['APP_SECRET', 'change-me-change-me-0123456789-abcdef'],
  ['APP_SECRET', '<your secret of 32 random bytes, in base64>'],
  ['APP_SECRET_PREVIOUS', 'short'],
  ['RESEND_API_KEY', 're_xxxxxxxxx'],
  ['RESEND_API_KEY', 'sk_8aQz41kXw0'],
  ['MAIL_FROM', 'Metamots'],
  ['MAIL_FROM', 'Metamots <no-reply@metamots.example>\r\nBcc: eve@evil.example'],
  ['MAIL_FROM', 'Metamots\nBcc: eve@evil.example <no-reply@metamots.example>'],
  ['MAIL_FROM', 'no-reply@metamots.example\nBcc: eve@evil.example'],
  ['MAIL_FROM', 'no-reply@metamots.example, eve@evil.example'],
  ['MAIL_FROM', 'Metamots <no-reply@metamots.example> <eve@evil.example>'],
  ['CRON_SECRET', 'too-short'],
  ['CRON_SECRET', 'change-me-change-me'],
  ['TRUSTED_IP_HEADER', 'x-real-ip: 1'],
  ['TRUSTED_IP_HEADER', 'x-real-ip, x-forwarded-for'],
  ['RESEND_BASE_URL', 'http://127.0.0.1:4000'],
  ['RESEND_BASE_URL', 'https://api.resend.com.evil.example'],
  ['RESEND_DEBUG', 'true'],
  ['NODE_ENV', 'test'],
  ['NODE_ENV', 'development'],
])('a deployed service refuses %s=%j, says which it is and nothing else', (name, value) => {
  expect(faultsOf({ ...deployed, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} `))])
})

test.each([
  ['MAIL_FROM', 'The Monkey House <keys@monkey.example>'],
  ['MAIL_FROM', 'no-reply@secret-garden.example'],
  ['APP_URL', 'https://account.metamots.example:8443'],
  ['DATABASE_URL', 'postgres://localhost/metamots?sslmode=verify-full'],
  ['RESEND_BASE_URL', 'https://api.resend.com'],
  ['NODE_ENV', 'production'],
])('a deployed service takes %s=%j', (name, value) => {
  expect(() => readEnv({ ...deployed, [name]: value })).not.toThrow()
})

test('here a mail provider is optional, but needs a sender, and may be another', () => {
  const RESEND_API_KEY = deployed.RESEND_API_KEY
  expect(faultsOf({ ...local, RESEND_API_KEY })).toEqual(['MAIL_FROM is missing'])
  expect(
    readEnv({ ...local, RESEND_API_KEY, MAIL_FROM: deployed.MAIL_FROM, RESEND_BASE_URL: 'http://127.0.0.1:4000' }),
  ).toMatchObject({ mode: 'local', resend: { apiKey: RESEND_API_KEY, baseUrl: 'http://127.0.0.1:4000' } })
})

test('whatever the variables hold, what it says of them quotes no value', () => {
  const names = [...Object.keys(deployed), 'APP_SECRET_PREVIOUS', 'RESEND_WEBHOOK_SECRET', 'RESEND_BASE_URL']
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

function faultsOf(variables: Record<string, string>): string[] {
  try {
    readEnv(variables)
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.faults.map((fault) => fault.split('. ')[0] ?? '')
  }
}
