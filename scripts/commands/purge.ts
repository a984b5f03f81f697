import { recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { purge } from '@/lib/worker/retention'
import type { Command } from '@/scripts/commands/command'
import { progress } from '@/scripts/commands/progress'

export const purgeCommand: Command = {
  name: 'purge',
  does: 'Removes now what has been kept long enough, and erases the accounts whose days are over.',
  async run({ operator }) {
    // Ahead of it: it is many statements, of which each stands alone.
    await recordEvent(await db(), 'authz_admin', { operator, via: 'purge' })
    progress('Purging …')
    await purge()
    return { data: { purged: true }, text: ['What had been kept long enough is gone.'] }
  },
}
