import { parseArgs } from 'node:util'
import { closeDb } from '@/lib/db/client'
import { logToStandardError } from '@/lib/log'
import { allCommands } from '@/scripts/commands/all-commands'
import { type Answer, type Command, UsageError } from '@/scripts/commands/command'
import { commonOptions, helpOf, usageOf } from '@/scripts/commands/help'
import { inWords } from '@/scripts/commands/in-words'
import { readOperator } from '@/scripts/commands/operator'

/**
 * Runs what was typed, prints its answer and returns the exit code: 0 done, 1 refused or a fault found, 2 wrong usage. With
 * `--json`, standard output gets one JSON document, whatever happens; an answer that failed has `error`. Never throws.
 */
export async function runCommandLine(words: string[]): Promise<number> {
  logToStandardError()
  const isJson = words.includes('--json')
  try {
    const answer = await answerTo(words)
    process.stdout.write(isJson ? `${JSON.stringify(answer.data, null, 2)}\n` : `${answer.text.join('\n')}\n`)
    return answer.fault ? 1 : 0
  } catch (error) {
    const { code, message } = inWords(error)
    if (isJson) process.stdout.write(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`)
    else process.stderr.write(`${message}\n`)
    return error instanceof UsageError ? 2 : 1
  } finally {
    await closeDb().catch(() => {})
  }
}

async function answerTo(words: string[]): Promise<Answer> {
  const end = words.findIndex((word) => word.startsWith('-'))
  const asked = end === -1 ? words : words.slice(0, end)
  const [command] = allCommands
    .filter(({ name }) => isBegunBy(asked, name))
    .sort((a, b) => b.name.length - a.name.length)
  if (!command) return answerWithHelp(words, asked)
  const { values, positionals } = parse(command, words.slice(command.name.split(' ').length))
  if (values.help) return helpAnswer([command])
  const { as, reason, json: _json, help: _help, ...options } = values
  const operator = readOperator(textOf(as), textOf(reason))
  return command.run({ parameter: parameterOf(command, positionals), options, operator })
}

/** Help where it is asked for; a part of a command shows what it can go on to, as a fault. */
function answerWithHelp(words: string[], asked: string[]): Answer {
  const group = allCommands.filter(({ name }) => asked.length > 0 && name.startsWith(`${asked[0]} `))
  const isAsked = words.includes('--help') || words.includes('-h') || asked[0] === 'help'
  if (isAsked && (asked.length === 0 || asked[0] === 'help' || group.length > 0))
    return helpAnswer(group.length > 0 ? group : allCommands)
  const known = (group.length > 0 ? group : allCommands).map(({ name }) => name).join(', ')
  const typed =
    asked.length === 0
      ? 'A command is missing; it comes first.'
      : `There is no command “${asked.slice(0, 2).map(withoutEmail).join(' ')}”.`
  throw new UsageError(`${typed} There is: ${known}. More with --help.`)
}

/** Whoever forgets half of a command types an identifier in its place. */
function withoutEmail(word: string): string {
  return word.includes('@') ? '…' : word
}

function helpAnswer(commands: Command[]): Answer {
  return {
    data: { commands: commands.map((each) => ({ usage: usageOf(each), does: each.does })) },
    text: helpOf(commands),
  }
}

function parse(command: Command, args: string[]) {
  try {
    return parseArgs({ args, options: { ...commonOptions, ...command.options }, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. Usage: ${usageOf(command)}`)
  }
}

function parameterOf(command: Command, [first = '', ...others]: string[]): string {
  const isNeeded = command.parameter !== undefined && !command.parameter.startsWith('[')
  if (isNeeded && first.trim() === '')
    throw new UsageError(`${command.parameter} is missing. Usage: ${usageOf(command)}`)
  if (others.length > 0 || (command.parameter === undefined && first !== ''))
    throw new UsageError(`There is too much. Usage: ${usageOf(command)}`)
  return first.trim()
}

function isBegunBy(asked: string[], name: string): boolean {
  return name.split(' ').every((word, place) => asked[place] === word)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
