import { showAccount } from '@/lib/accounts/operators/show-account'
import { shownEmail } from '@/lib/shown-email'
import type { Command } from '@/scripts/commands/command'
import { orRefuse } from '@/scripts/commands/refusals'
import { fieldLines, tableLines } from '@/scripts/commands/shown'

export const accountShow: Command = {
  name: 'account show',
  parameter: 'IDENTIFIER',
  options: { reveal: { type: 'boolean', shown: '--reveal' } },
  does: 'Shows how things are with an account, by its id, e-mail or user name; whose it is with --reveal. The look is an event.',
  async run({ parameter, options, operator }) {
    const account = orRefuse(await showAccount(parameter, operator, { reveal: options.reveal === true }))
    const { sessions, mails, person, ...details } = account
    const browsers = sessions.map(({ device, createdAt, lastSeenAt }) => {
      return { browser: device.browser, system: device.system, createdAt, lastSeenAt }
    })
    const text = [
      ...fieldLines({ ...details, ...person, ...(person && { email: shownEmail(person.email) }) }),
      '',
      ...tableLines(browsers, 'It is signed in nowhere.'),
      '',
      ...tableLines(mails, 'It had no mail in the last 30 days.'),
    ]
    return { data: account, text }
  },
}
