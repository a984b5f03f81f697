import { listKeys, rotateKeys } from '@/lib/apps/keys'
import { recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { type Command, RefusedError } from '@/scripts/commands/command'
import { tableLines } from '@/scripts/commands/shown'

export const keysList: Command = {
  name: 'keys list',
  does: 'Lists the keys by which applications know what is ours, and since when, or from when on, each signs.',
  async run() {
    const keys = await listKeys()
    return { data: keys, text: tableLines(keys, 'There is none: the first application that asks has them made.') }
  },
}

export const keysRotate: Command = {
  name: 'keys rotate',
  options: { 'at-once': { type: 'boolean', shown: '--at-once' } },
  does: 'Makes the next key, to sign with from a day on; nobody notices. With --at-once, for one that leaked: it signs from now on, and what others signed is believed no more.',
  async run({ options, operator }) {
    const atOnce = options['at-once'] === true
    if (!(await rotateKeys({ atOnce })))
      throw new RefusedError('published', 'The next key is published already, or there is none yet: see keys list.')
    await recordEvent(await db(), 'authz_admin', { operator, via: 'rotate_keys' })
    const keys = await listKeys()
    return { data: keys, text: tableLines(keys, '') }
  },
}
