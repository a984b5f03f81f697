import { revokeSessions } from '@/lib/accounts/operators/revoke-sessions'
import type { Command } from '@/scripts/commands/command'
import { orRefuse } from '@/scripts/commands/refusals'

export const accountRevokeSessions: Command = {
  name: 'account revoke-sessions',
  parameter: 'IDENTIFIER',
  does: 'Signs an account out everywhere. The password stays.',
  async run({ parameter, operator }) {
    const ended = orRefuse(await revokeSessions(parameter, operator))
    return { data: { ended }, text: [`Sessions that ended: ${ended}.`] }
  },
}
