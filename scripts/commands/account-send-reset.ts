import { sendReset } from '@/lib/accounts/operators/send-reset'
import type { Command } from '@/scripts/commands/command'
import { orRefuse } from '@/scripts/commands/refusals'

export const accountSendReset: Command = {
  name: 'account send-reset',
  parameter: 'IDENTIFIER',
  does: 'Has the ordinary reset link mailed to the e-mail of an account, in its language. The usual limits make it late.',
  async run({ parameter, operator }) {
    const mail = orRefuse(await sendReset(parameter, operator))
    return { data: { mail }, text: [`The next sweep sends it. What became of it: mail show ${mail}`] }
  },
}
