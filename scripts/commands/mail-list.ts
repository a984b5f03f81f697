import { listMails } from '@/lib/mail/look-up'
import { type Command, UsageError } from '@/scripts/commands/command'
import { readLimit } from '@/scripts/commands/option-values'
import { tableLines } from '@/scripts/commands/shown'

const states = ['waiting', 'sent', 'dropped', 'abandoned'] as const

export const mailList: Command = {
  name: 'mail list',
  options: {
    state: { type: 'string', shown: '--state STATE' },
    limit: { type: 'string', shown: '--limit N' },
  },
  does: 'Lists the newest mails: all, or those waiting, sent, dropped or abandoned.',
  async run({ options }) {
    const state = states.find((each) => each === options.state) ?? null
    if (options.state !== undefined && state === null)
      throw new UsageError(`--state takes one of: ${states.join(', ')}.`)
    const mails = await listMails({ state, limit: readLimit(options.limit) })
    const rows = mails.map(({ id, createdAt, state, attempts, template, kind, delivery }) => {
      return { id, createdAt, state, attempts, mail: template ?? kind, delivery }
    })
    return { data: mails, text: tableLines(rows, 'There is none.') }
  },
}
