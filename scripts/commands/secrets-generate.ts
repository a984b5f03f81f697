import { randomBytes } from 'node:crypto'
import type { Command } from '@/scripts/commands/command'

export const secretsGenerate: Command = {
  name: 'secrets generate',
  does: 'Prints new values of APP_SECRET and CRON_SECRET, as lines of .env. Nothing is kept or changed.',
  async run() {
    const secrets = {
      APP_SECRET: randomBytes(32).toString('base64'),
      CRON_SECRET: randomBytes(32).toString('hex'),
    }
    return { data: secrets, text: Object.entries(secrets).map(([name, value]) => `${name}=${value}`) }
  },
}
