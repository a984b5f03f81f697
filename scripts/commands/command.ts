import type { ParseArgsConfig } from 'node:util'
import type { Operator } from '@/lib/audit'

type Options = NonNullable<ParseArgsConfig['options']>

/** What was typed after the name of a command. */
export type Typed = {
  /** What its parameter says; empty where it has none, or may be left out. */
  parameter: string
  options: Record<string, string | boolean | undefined>
  operator: Operator
}

/** `data` with `--json`, else `text`, a line each; with `fault` the command ends with code 1. */
export type Answer = { data: unknown; text: string[]; fault?: boolean }

export type Command = {
  /** As it is typed. */
  name: string
  /** What its one parameter is; in brackets where it may be left out. */
  parameter?: string
  /** Its own options, beside those of all commands, as the help shows them. */
  options?: Record<string, Options[string] & { shown: string }>
  does: string
  run(typed: Typed): Promise<Answer>
}

/** What was typed makes no sense: code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** It makes sense and cannot be done: code 1. `code` is for scripts. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}
