import { retryAllMail, retryMail } from '@/lib/mail/look-up'
import { type Command, UsageError } from '@/scripts/commands/command'
import { orRefuse } from '@/scripts/commands/refusals'

export const mailRetry: Command = {
  name: 'mail retry',
  parameter: '[REFERENCE]',
  options: { all: { type: 'boolean', shown: '--all' } },
  does: 'Has a mail that waits tried with the next sweep, or with --all every one. One that was given up is wiped and cannot be.',
  async run({ parameter, options, operator }) {
    if ((parameter !== '') === (options.all === true)) throw new UsageError('Give the reference of one mail, or --all.')
    const id = options.all === true ? null : orRefuse(await retryMail(parameter, operator))
    const count = id === null ? await retryAllMail(operator) : 1
    return { data: { id, count }, text: [`Mails that the next sweep will try: ${count}.`] }
  },
}
