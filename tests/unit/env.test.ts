import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConfigurationError, readEnv } from '@/lib/env'
import { newFolder } from '@/tests/support/folder'
import { deployed, faultsOf } from '@/tests/support/variables'

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
    expect(faultsOf(variables)).toEqual(Object.keys(rest).map((name) => `${name} is missing`))
})

test('here a mail provider is optional, but needs a sender, and may be another', () => {
  const RESEND_API_KEY = deployed.RESEND_API_KEY
  expect(faultsOf({ ...local, RESEND_API_KEY })).toEqual(['MAIL_FROM is missing'])
  expect(
    readEnv({ ...local, RESEND_API_KEY, MAIL_FROM: deployed.MAIL_FROM, RESEND_BASE_URL: 'http://127.0.0.1:4000' }),
  ).toMatchObject({ mode: 'local', resend: { apiKey: RESEND_API_KEY, baseUrl: 'http://127.0.0.1:4000' } })
})

test('whatever the variables hold, what it says of them quotes no value', () => {
  const names = [
    ...Object.keys(deployed),
    'APP_SECRET_PREVIOUS',
    'RESEND_WEBHOOK_SECRET',
    'RESEND_BASE_URL',
    'ACCESSIBILITY_CONTACT',
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
