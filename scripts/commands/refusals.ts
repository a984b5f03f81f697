import type { Result } from '@/lib/result'
import { RefusedError } from '@/scripts/commands/command'

/** Why something was not done. None repeats what was typed: it may be an e-mail. */
const messages = {
  unknown_account:
    'No account has this id, e-mail or user name. Whoever has not confirmed an e-mail yet has none: that ends by itself after seven days.',
  blocked: 'Its e-mail is disputed by the former one, and until that is over nobody gets a link. Nothing was mailed.',
  closing_already: 'It is to be closed already, on the day from then: see account show.',
  unknown_mail:
    'Neither a mail nor an event has this reference, or it is older than 30 days. Of a refusal beyond a limit, a dead link or a fault the log has it: in `request`, which begins so, or in `reference`.',
  ambiguous: 'Several mails begin with that. Give more of the reference.',
  finished:
    'It was sent, dropped or given up, and what it said has been wiped: nothing can send it again. Whoever needs one asks again, or: account send-reset.',
  being_sent: 'A worker is sending it at this moment.',
} as const

/** The value of a result; throws its refusal, in words. */
export function orRefuse<Value>(result: Result<Value, keyof typeof messages>): Value {
  if (result.ok) return result.value
  throw new RefusedError(result.code, messages[result.code])
}
