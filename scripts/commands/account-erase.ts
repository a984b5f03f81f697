import { findAccount } from '@/lib/accounts/operators/find-account'
import { eraseAccount } from '@/lib/worker/erasure'
import { type Command, RefusedError } from '@/scripts/commands/command'
import { orRefuse } from '@/scripts/commands/refusals'

export const accountErase: Command = {
  name: 'account erase',
  parameter: 'IDENTIFIER',
  options: { yes: { type: 'boolean', shown: '--yes' } },
  does: 'Erases an account at once and for good, for somebody who has lost the mailbox; nobody is told. Asks for --yes.',
  async run({ parameter, options, operator }) {
    const id = orRefuse(await findAccount(parameter))
    if (options.yes !== true)
      throw new RefusedError('not_confirmed', `Account ${id} would be erased for good. Nothing was done: say --yes.`)
    if (!(await eraseAccount(id, operator))) orRefuse({ ok: false, code: 'unknown_account' })
    return { data: { erased: id }, text: [`Account ${id} is erased.`] }
  },
}
