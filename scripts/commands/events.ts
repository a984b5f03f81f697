import { listEvents } from '@/lib/accounts/operators/list-events'
import type { Command } from '@/scripts/commands/command'
import { readLimit, readSince } from '@/scripts/commands/option-values'
import { orRefuse } from '@/scripts/commands/refusals'
import { tableLines } from '@/scripts/commands/shown'

export const events: Command = {
  name: 'events',
  options: {
    account: { type: 'string', shown: '--account IDENTIFIER' },
    name: { type: 'string', shown: '--name NAME' },
    since: { type: 'string', shown: '--since 2h' },
    limit: { type: 'string', shown: '--limit N' },
  },
  does: 'Lists the newest events; those of one account by its id, e-mail or user name.',
  async run({ options: { account, name, since, limit }, operator }) {
    const sought = {
      account: account === undefined ? null : String(account),
      name: name === undefined ? null : String(name),
      sinceSeconds: readSince(since),
      limit: readLimit(limit),
    }
    const found = orRefuse(await listEvents(sought, operator))
    return { data: found, text: tableLines(found, 'There is none.') }
  },
}
