import { userInfo } from 'node:os'
import type { Operator } from '@/lib/audit'
import { UsageError } from '@/scripts/commands/command'

/** No `@`: an e-mail does not rest in a record of events. */
const name = /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,63}$/u
/** One word, so that nobody writes there what somebody told them. */
const ticket = /^[\p{L}\p{N}][\p{L}\p{N}._:/#-]{0,63}$/u

/** Who acts: whoever `--as` names, else whoever is behind sudo, else the user of this process. */
export function readOperator(as: string | undefined, reason: string | undefined): Operator {
  const operator = as ?? process.env.SUDO_USER ?? systemUser()
  if (!name.test(operator)) throw new UsageError('--as takes a name of at most 64 letters and digits, no e-mail.')
  if (reason !== undefined && !ticket.test(reason))
    throw new UsageError('--reason takes the number of a ticket, such as SUP-123, no sentence and no e-mail.')
  return { name: operator, reason: reason ?? null }
}

function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    // In a container the user often has no name.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
