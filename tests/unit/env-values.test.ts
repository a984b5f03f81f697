import { expect, test } from 'vitest'
import { readEnv } from '@/lib/env'
import { deployed, faultsOf } from '@/tests/support/variables'

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
  ['NODE_ENV', 'test'],
  ['NODE_ENV', 'development'],
])('a deployed service refuses %s=%j, says which it is and nothing else', (name, value) => {
  expect(faultsOf({ ...deployed, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} `))])
})

test.each([
  ['MAIL_FROM', 'The Monkey House <keys@monkey.example>'],
  ['MAIL_FROM', 'no-reply@secret-garden.example'],
  ['ACCESSIBILITY_CONTACT', 'access@metamots.example'],
  ['ACCESSIBILITY_CONTACT', 'https://metamots.example/contact'],
  ['APP_URL', 'https://account.metamots.example:8443'],
  ['DATABASE_URL', 'postgres://localhost/metamots?sslmode=verify-full'],
  ['RESEND_BASE_URL', 'https://api.resend.com'],
  ['RESEND_PER_SECOND', '10'],
  ['RESEND_DAILY_QUOTA', '100'],
  ['NODE_ENV', 'production'],
])('a deployed service takes %s=%j', (name, value) => {
  expect(() => readEnv({ ...deployed, [name]: value })).not.toThrow()
})
