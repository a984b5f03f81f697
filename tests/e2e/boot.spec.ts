import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { runCommandLine } from '@/tests/support/app/command'

const ways = {
  'npm start': ['node', 'scripts/start.mjs'],
  'next start': ['node_modules/.bin/next', 'start', '-H', '127.0.0.1', '-p', '0'],
}
const deployed = { APP_URL: 'https://app.example.test' }
const secret = 'Zq3v7Lx0m5Tn8Rb1Kw4Yc6Hd9Jf2Gs0A'
const good = {
  ...deployed,
  DATABASE_URL: `postgresql://someone:${secret}@127.0.0.1:9/nothing`,
  APP_SECRET: secret,
  RESEND_API_KEY: `re_${secret}`,
  MAIL_FROM: 'Metamots <no-reply@metamots.example>',
  TRUSTED_IP_HEADER: 'x-test-address',
  CRON_SECRET: secret,
}

for (const [name, command] of Object.entries(ways)) {
  test(`${name} says at once all that a deployment lacks`, async () => {
    const { code, output } = await run(command, deployed)
    expect(code).toBe(1)
    expect(faultsIn(output)).toEqual([
      'APP_SECRET is missing',
      'CRON_SECRET is missing',
      'DATABASE_URL is missing',
      'MAIL_FROM is missing',
      'RESEND_API_KEY is missing',
      'TRUSTED_IP_HEADER is missing',
    ])
  })

  test(`${name} says at once all that is wrong, and repeats none of it`, async () => {
    const wrong = {
      APP_URL: 'https://app.example.test/path',
      DATABASE_URL: `mysql://someone:${secret}@127.0.0.1/nothing`,
      APP_SECRET: `changeme-${secret}`,
      APP_SECRET_PREVIOUS: 'aB3',
      RESEND_API_KEY: `sk_${secret}`,
      RESEND_BASE_URL: `http://${secret}.example`,
      RESEND_DEBUG: 'true',
      MAIL_FROM: `Metamots\r\nBcc: ${secret}@evil.example`,
      TRUSTED_IP_HEADER: `x: ${secret}`,
      CRON_SECRET: 'aB3',
    }
    const { code, output } = await run(command, wrong)
    expect(code).toBe(1)
    const unusable = Object.keys(wrong).filter(
      (variable) => !variable.startsWith('RESEND_') || variable === 'RESEND_API_KEY',
    )
    expect(faultsIn(output)).toEqual(
      [
        ...unusable.map((variable) => `${variable} is not usable`),
        'RESEND_BASE_URL is for tests',
        'RESEND_DEBUG writes mails to the log',
      ].sort(),
    )
    expect(output).not.toContain(secret)
    expect(output).not.toContain('aB3')
  })

  test(`${name} refuses an address that is neither https nor this machine’s`, async () => {
    for (const address of ['http://app.example.test', 'app.example.test', 'ftp://localhost']) {
      const { code, output } = await run(command, { ...good, APP_URL: address })
      expect.soft([address, code, faultsIn(output)]).toEqual([address, 1, ['APP_URL is not usable']])
    }
  })
}

for (const script of ['start.mjs', 'migrate.ts']) {
  test(`${script} says that the database cannot be reached, and not how it is reached`, async () => {
    const { code, output } = await run(['node', '--import', 'tsx', `scripts/${script}`], good)
    expect(code).toBe(1)
    expect(output).toMatch(/^The database could not be migrated\. Can't reach database server at `127\.0\.0\.1:9`/)
    expect(output).not.toMatch(/^\s+at /m)
    expect(output).not.toContain(secret)
  })
}

test('start.mjs is started from any folder', async () => {
  const { code, output } = await run(['node', path.resolve('scripts/start.mjs')], deployed, tmpdir())
  expect(code).toBe(1)
  expect(faultsIn(output)).toContain('APP_SECRET is missing')
})

/** Starts the service with these settings alone and waits for its end, which is at hand. */
async function run(command: string[], env: Record<string, string>, root = '.') {
  const folder = await mkdtemp(path.join(tmpdir(), 'boot-'))
  const { ended, output } = runCommandLine(command, { DATA_DIR: folder, ...env }, { root })
  const code = await ended
  await rm(folder, { recursive: true })
  return { code, output: output() }
}

/** What is wrong, without why and how to put it right; there must be nothing else of an error. */
function faultsIn(output: string): string[] {
  expect(output).not.toMatch(/^\s+at /m)
  return [...output.matchAll(/^ {2}- (.*?)[.:] /gm)].map(([, fault = '']) => fault).sort()
}
