import { accountClose } from '@/scripts/commands/account-close'
import { accountErase } from '@/scripts/commands/account-erase'
import { accountRevokeSessions } from '@/scripts/commands/account-revoke-sessions'
import { accountSendReset } from '@/scripts/commands/account-send-reset'
import { accountShow } from '@/scripts/commands/account-show'
import type { Command } from '@/scripts/commands/command'
import { doctor } from '@/scripts/commands/doctor'
import { events } from '@/scripts/commands/events'
import { keysList, keysRotate } from '@/scripts/commands/keys'
import { mailList } from '@/scripts/commands/mail-list'
import { mailRetry } from '@/scripts/commands/mail-retry'
import { mailShow } from '@/scripts/commands/mail-show'
import { migrateCommand, migrateStatus } from '@/scripts/commands/migrate'
import { purgeCommand } from '@/scripts/commands/purge'
import { secretsGenerate } from '@/scripts/commands/secrets-generate'

/** Every command, in the order of the help. */
export const allCommands: Command[] = [
  doctor,
  migrateCommand,
  migrateStatus,
  mailList,
  mailShow,
  mailRetry,
  events,
  accountShow,
  accountRevokeSessions,
  accountSendReset,
  accountClose,
  accountErase,
  keysList,
  keysRotate,
  purgeCommand,
  secretsGenerate,
]
