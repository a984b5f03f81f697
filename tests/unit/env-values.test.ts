import { expect, test } from 'vitest'
import { ConfigurationError, readEnv } from '@/lib/env'
import { faultsOf } from '@/lib/variable-faults'
import { deployed, variableFaults } from '@/tests/support/variables'

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
  ['ACCESSIBILITY_CONTACT', 'our team'],
  ['SUPPORT_CONTACT', 'http://metamots.example/help'],
  ['SUPPORT_CONTACT', 'help@metamots.example?bcc=x@y.example'],
  ['ACCESSIBILITY_CONTACT', 'access@metamots.example, other@metamots.example'],
  ['ACCESSIBILITY_CONTACT', 'javascript:alert(1)'],
  ['ACCESSIBILITY_CONTACT', 'http://metamots.example/contact'],
  ['ACCESSIBILITY_CONTACT', '"><script>@metamots.example'],
  ['RESEND_BASE_URL', 'http://127.0.0.1:4000'],
  ['RESEND_BASE_URL', 'https://api.resend.com.evil.example'],
  ['RESEND_DEBUG', 'true'],
  ['RESEND_PER_SECOND', '0'],
  ['RESEND_PER_SECOND', '0.5'],
  ['RESEND_DAILY_QUOTA', '-1'],
  ['RESEND_DAILY_QUOTA', 'unlimited'],
  ['RESEND_DAILY_QUOTA', '1e3'],
  ['DATABASE_URL', 'postgresql://db.metamots.example:five/metamots'],
  ['DATABASE_URL', 'postgresql://owner:change-me@db.metamots.example/metamots'],
  ['APP_SECRET', '$(openssl rand -base64 32 | tr -d abc)'],
  ['CRON_SECRET', 'openssl rand -hex 32'],
  ['CRON_SECRET', '{{ secrets.CRON_SECRET }}'],
  ['RESEND_API_KEY', '<a key of Resend>'],
  ['PORT', 'abc'],
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '30 00'],
  ['HOST', 'http://127.0.0.1'],
  ['HOST', '127.0.0.1:3000'],
  ['HOST', '[::]'],
  ['KEEP_ALIVE_SECONDS', '65s'],
  ['KEEP_ALIVE_SECONDS', '0'],
  ['HSTS', 'off'],
  ['HSTS', 'max-age=0'],
  ['NODE_ENV', 'test'],
  ['NODE_ENV', 'development'],
])('a deployed service refuses %s=%j, says which it is and nothing else', (name, value) => {
  expect(variableFaults({ ...deployed, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} `))])
})

test.each([
  ['MAIL_FROM', 'The Monkey House <keys@monkey.example>'],
  ['MAIL_FROM', 'no-reply@secret-garden.example'],
  ['ACCESSIBILITY_CONTACT', 'access@metamots.example'],
  ['SUPPORT_CONTACT', 'help@metamots.example'],
  ['ACCESSIBILITY_CONTACT', 'https://metamots.example/contact'],
  ['APP_URL', 'https://account.metamots.example:8443'],
  ['DATABASE_URL', 'postgres://localhost/metamots?sslmode=verify-full'],
  ['RESEND_BASE_URL', 'https://api.resend.com'],
  ['RESEND_PER_SECOND', '10'],
  ['RESEND_DAILY_QUOTA', '100'],
  ['MAIL_FROM', 'Metamots <no-reply@interchangemedia.example>'],
  ['APP_SECRET', 'k3Jxxxxq9vT/changemetal2Zr5Lk2Nw9Tb4Yc6Hd0='],
  ['DATABASE_URL', 'postgresql://owner:%23%2F%3F%25@db.metamots.example/metamots'],
  ['DATABASE_URL', 'postgresql://owner:p@ss:w0rd!$&@[::1]:5432/metamots?sslmode=verify-full&options=-c%20a=b'],
  ['DATABASE_URL', 'postgresql://owner:p4ss@/metamots?host=/var/run/postgresql'],
  ['DATABASE_URL', 'postgresql:///metamots?host=/var/run/postgresql'],
  ['APP_URL', '\ufeffhttps://account.metamots.example\r'],
  ['HOST', '::'],
  ['HOST', '0.0.0.0'],
  ['HOST', 'localhost'],
  ['PORT', ' 8080\r'],
  ['KEEP_ALIVE_SECONDS', '620'],
  ['HSTS', 'host'],
  ['NODE_ENV', 'production'],
])('a deployed service takes %s=%j', (name, value) => {
  expect(() => readEnv({ ...deployed, [name]: value })).not.toThrow()
})

test.each(['pa#ss', 'pa/ss', 'pa?ss', '12/ss', '12#ss', '12?s@s', 'pa ss', 'p@s/s'])(
  'a password like %s in DATABASE_URL is told from a wrong URL, and how to write it is said',
  (password) => {
    const fault = faultOf({ DATABASE_URL: `postgresql://owner:${password}@db.metamots.example:5432/metamots` })
    expect(fault).toMatch(
      /^DATABASE_URL is not usable: it has a character in its user or password that must be encoded: # is %23, /,
    )
    expect(fault).not.toContain(password)
  },
)

test.each([
  ['"', 'stands in quotes'],
  ["'", 'stands in quotes'],
])('a value that kept its quotes %s on its way is refused, and that is said', (quote, reason) => {
  for (const name of Object.keys(deployed).filter((each) => each !== 'APP_URL') as (keyof typeof deployed)[])
    expect(faultOf({ [name]: quote + deployed[name] + quote })).toMatch(
      new RegExp(`^${name} is not usable: it ${reason}`),
    )
  expect(variableFaults({ ...deployed, APP_URL: quote + deployed.APP_URL + quote })).toEqual(['APP_URL is not usable'])
})

test('a value with a line break or an unseen character in it is refused, and that is said', () => {
  expect(faultOf({ CRON_SECRET: `${deployed.CRON_SECRET}\n${deployed.CRON_SECRET}` })).toContain(
    'it has a line break in it',
  )
  for (const unseen of ['\u0000', '\u0007', '\u200b', '\ufeff'])
    expect(faultOf({ APP_SECRET: deployed.APP_SECRET + unseen + deployed.APP_SECRET })).toContain('cannot be seen')
})

test('a list of applications may be on several lines, and what is wrong with it is said', () => {
  const app = { id: 'shop', name: 'Shop', secret: 's'.repeat(32), redirect_uris: ['https://shop.example.com/'] }
  expect(readEnv({ ...deployed, APPS: JSON.stringify([app], null, '\t') }).apps).toHaveLength(1)
  expect(faultOf({ APPS: JSON.stringify([{ ...app, secret: 's' }]) })).toBe(
    'APPS is not usable: it is wrong in 1 place(s): secret of "shop" is not 32 to 200 letters, digits, -, _, ~ and dots (make one with: openssl rand -hex 32). Give a JSON list, each with id, name, secret and redirect_uris, or nothing',
  )
  expect(faultOf({ APPS: '[{\u200b}]' })).toContain('cannot be seen')
})

test('a key of Resend that is too short is refused for that', () => {
  expect(faultOf({ RESEND_API_KEY: 're_dummy' })).toContain('it is not re_ and at least 8 characters')
})

test.each([
  ['DATABASEURL', 'DATABASE_URL'],
  ['DATABASE_ULR', 'DATABASE_URL'],
  ['RESEND_APIKEY', 'RESEND_API_KEY'],
  ['RESEND_API_KEYS', 'RESEND_API_KEY'],
  ['Mail-From', 'MAIL_FROM'],
  ['TRUSTED_IP_HEADR', 'TRUSTED_IP_HEADER'],
])('%s is named as a slip of the pen where %s is missing', (slip, meant) => {
  const { [meant as 'APP_URL']: value, ...rest } = deployed
  expect(faultsOf({ ...rest, [slip]: value }, true)).toEqual([
    expect.stringContaining(`${meant} is missing, and ${slip}, which is set, is another name. `),
  ])
})

test('names of other software keep no service from starting, though they are one letter away from ours', () => {
  const others = [
    'API_URL',
    'API_SECRET',
    'EMAIL_FROM',
    'DATABASE_URI',
    'DATADIR',
    'DATABASE_URL_UNPOOLED',
    'APP_SECRETS',
  ]
  for (const name of others) {
    expect(faultsOf({ [name]: 'x' }, false)).toEqual([])
    expect(faultsOf({ ...deployed, [name]: 'x' }, true)).toEqual([])
  }
})

test('a preview at Vercel has the address of its branch where none is given', () => {
  const { APP_URL, ...rest } = deployed
  const preview = {
    ...rest,
    VERCEL_ENV: 'preview',
    VERCEL_URL: 'a-1.vercel.app',
    VERCEL_BRANCH_URL: 'a-git-b.vercel.app',
  }
  expect(readEnv(preview)).toMatchObject({ mode: 'deployed', appUrl: 'https://a-git-b.vercel.app' })
  expect(readEnv({ ...preview, VERCEL_BRANCH_URL: '' }).appUrl).toBe('https://a-1.vercel.app')
  expect(readEnv({ ...preview, APP_URL }).appUrl).toBe(APP_URL)
})

test('it listens to this machine unless told otherwise, where its own address leads', () => {
  const local = { APP_SECRET: deployed.APP_SECRET }
  const listens = (variables: Record<string, string>) => {
    const { host, port, keepAliveSeconds } = readEnv(variables)
    return `${host} ${port} ${keepAliveSeconds}`
  }
  expect(listens(deployed)).toBe('127.0.0.1 3000 65')
  expect(listens({ ...deployed, APP_URL: 'https://account.metamots.example:8443' })).toBe('127.0.0.1 3000 65')
  expect(listens({ ...deployed, HOST: '::', PORT: '8080', HOSTNAME: 'box', KEEP_ALIVE_SECONDS: '90' })).toBe(
    ':: 8080 90',
  )
  expect(listens({ ...local, APP_URL: 'http://localhost:4000' })).toBe('127.0.0.1 4000 65')
  expect(listens({ ...local, APP_URL: 'http://[::1]:4000' })).toBe('::1 4000 65')
})

/** The one fault of a deployment with these variables. */
function faultOf(variables: Record<string, string>): string {
  try {
    readEnv({ ...deployed, ...variables })
    return ''
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    expect(error.faults).toHaveLength(1)
    return error.faults[0] ?? ''
  }
}
