import { closeByOperator } from '@/lib/accounts/operators/close'
import type { Command } from '@/scripts/commands/command'
import { orRefuse } from '@/scripts/commands/refusals'

export const accountClose: Command = {
  name: 'account close',
  parameter: 'IDENTIFIER',
  does: 'Closes an account as its owner does: its sessions end, its owner is told and can keep it for seven days.',
  async run({ parameter, operator }) {
    const closesAt = orRefuse(await closeByOperator(parameter, operator))
    return { data: { closesAt }, text: [`It will be erased at ${closesAt.toISOString()}, unless its owner keeps it.`] }
  },
}
