import { randomBytes } from 'node:crypto'

/** What the service is started with where it is measured, on an empty database and with the imitation of the mail provider. */
export function measuredSettings(databaseUrl: string, resendUrl: string) {
  return {
    APP_SECRET: randomBytes(32).toString('base64'),
    DATABASE_URL: databaseUrl,
    RESEND_API_KEY: 're_test_123456789',
    RESEND_BASE_URL: resendUrl,
    RESEND_PER_SECOND: '100000',
    MAIL_FROM: 'Metamots <no-reply@metamots.example>',
    TRUSTED_IP_HEADER: 'x-test-address',
  }
}
