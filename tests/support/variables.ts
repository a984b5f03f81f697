import { ConfigurationError, readEnv } from '@/lib/env'

/** Variables that make a deployed service, all it needs and no more. */
export const deployed = {
  APP_URL: 'https://account.metamots.example',
  DATABASE_URL: 'postgresql://owner:p4ss-w0rd@db.metamots.example:5432/metamots',
  APP_SECRET: 'p0J3v8m1Qx7Zr5Lk2Nw9Tb4Yc6Hd0Gf1',
  RESEND_API_KEY: 're_8aQz41kXw0',
  MAIL_FROM: 'Metamots <no-reply@metamots.example>',
  CRON_SECRET: '5f0c9d6e7b8a41235f0c9d6e7b8a4123',
  TRUSTED_IP_HEADER: 'X-Vercel-Forwarded-For',
}

/** What is wrong with variables, the first words of each fault. */
export function variableFaults(variables: Record<string, string>): string[] {
  try {
    readEnv(variables)
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.faults.map((fault) => fault.split(/[.:] /)[0] ?? '')
  }
}
