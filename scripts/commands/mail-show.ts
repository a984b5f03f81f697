import { listEventsOfRequest } from '@/lib/accounts/operators/list-events'
import { showMail } from '@/lib/mail/look-up'
import type { Command } from '@/scripts/commands/command'
import { orRefuse } from '@/scripts/commands/refusals'
import { fieldLines, tableLines } from '@/scripts/commands/shown'

/** What a state means to whoever asks whether a mail arrived. */
const meanings = {
  waiting: 'It has not been handed over yet; nextAttemptAt says when it will be tried.',
  sent: 'The provider has taken it. Whether it arrived is in delivery, when a webhook is set up.',
  dropped:
    'Nobody was to get it: there is no such account, or a limit or a later mail stood in the way. Or the same was asked for more than once at a time, and one mail answered all: mail_repeated in the log says which.',
  abandoned: 'It was given up: the provider refused it, or its link was about to end.',
} as const

const deliveries = {
  delivered: 'The mailbox’s server has taken it.',
  delayed: 'The mailbox’s server puts it off; the provider goes on trying.',
  bounced: 'The mailbox’s server has refused it for good: the e-mail is wrong, or the mailbox is full or closed.',
  complained: 'It arrived, and its recipient marked it as spam.',
  suppressed:
    'The provider did not send it: an earlier mail to this e-mail bounced. Take it off its list of suppressions.',
  failed: 'The provider could not send it: see there.',
} as const

/** What may be said of a refusal: what happened, never what was typed. */
const ofPage =
  'No mail, but what happened in the request in which a page showed this reference: the log has more in the lines of that request. Tell whoever asks only what a sign-in would: not whether there is an account.'

export const mailShow: Command = {
  name: 'mail show',
  parameter: 'REFERENCE',
  options: { reveal: { type: 'boolean', shown: '--reveal' } },
  does: 'Says what became of a mail, by the reference at its foot, its id or the provider’s; or what happened where a page showed the reference. To whom it goes, or of which account that was, with --reveal. The look at an account’s events is one.',
  async run({ parameter, options, operator }) {
    const reveal = options.reveal === true
    const found = await showMail(parameter, operator, { reveal })
    const isOfPage = !found.ok && /^[\da-f]{8}$/i.test(parameter)
    const events = isOfPage ? await listEventsOfRequest(parameter, operator, { reveal }) : []
    if (events.length > 0) return { data: { events, meaning: ofPage }, text: [...tableLines(events, ''), ofPage] }
    const mail = orRefuse(found)
    const meaning = mail.delivery ? deliveries[mail.delivery] : meanings[mail.state]
    return { data: { ...mail, meaning }, text: [...fieldLines(mail), meaning] }
  },
}
