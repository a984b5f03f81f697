import type { Command } from '@/scripts/commands/command'

/** Options that every command takes. */
export const commonOptions = {
  json: { type: 'boolean', shown: '--json' },
  as: { type: 'string', shown: '--as NAME' },
  reason: { type: 'string', shown: '--reason TICKET' },
  help: { type: 'boolean', short: 'h', shown: '--help' },
} as const

/** How a command is typed. */
export function usageOf({ name, parameter, options = {} }: Command): string {
  return [name, parameter, ...Object.values(options).map(({ shown }) => `[${shown}]`)].filter(Boolean).join(' ')
}

/** The help of some commands, a line each and what it does under it. */
export function helpOf(commands: Command[]): string[] {
  return [
    'Usage: npm run --silent metamots -- COMMAND',
    '',
    ...commands.flatMap((command) => [`  ${usageOf(command)}`, `      ${command.does}`]),
    '',
    'All take --json (one JSON document on standard output), --as NAME (who acts; else the user of this',
    'machine), --reason TICKET (kept with the event) and --help.',
    'Exit codes: 0 done, 1 refused or a fault was found, 2 wrong usage.',
  ]
}
