import { listKeys, rotateKeys } from '@/lib/apps/keys'
import { recordEvent } from '@/lib/audit'
import { db } from '@/lib/db/client'
import { type Command, RefusedError } from '@/scripts/commands/command'
import { tableLines } from '@/scripts/commands/shown'

const noneYet = 'There is no key yet: the first application that asks has one made.'

export const keysList: Command = {
  name: 'keys list',
  does: 'Lists the keys by which applications know what is ours: which one signs, which is next, from when on, and until when a former one is published.',
  async run() {
    const keys = await listKeys()
    return { data: keys, text: tableLines(keys, noneYet) }
  },
}

export const keysRotate: Command = {
  name: 'keys rotate',
  options: { 'at-once': { type: 'boolean', shown: '--at-once' } },
  does: 'Makes the next key, to sign with from a day on; nobody notices. With --at-once, for one that leaked: it signs from now on, and what others signed is believed no more.',
  async run({ options, operator }) {
    const atOnce = options['at-once'] === true
    const became = await rotateKeys({ atOnce })
    if (became === 'none') throw new RefusedError('none', noneYet)
    if (became === 'published')
      throw new RefusedError('published', 'The next key is published already: keys list says from when on it signs.')
    await recordEvent(await db(), 'authz_admin', { operator, via: 'rotate_keys' })
    const keys = await listKeys()
    return { data: keys, text: tableLines(keys, '') }
  },
}
