import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { beforeEach, expect, test, vi } from 'vitest'
import { readEnv } from '@/lib/env'
import { allCommands } from '@/scripts/commands/all-commands'
import { helpOf, usageOf } from '@/scripts/commands/help'
import { inWords } from '@/scripts/commands/in-words'
import { readOperator } from '@/scripts/commands/operator'
import { readLimit, readSince } from '@/scripts/commands/option-values'
import { secretsGenerate } from '@/scripts/commands/secrets-generate'
import { fieldLines, tableLines } from '@/scripts/commands/shown'
import { deployed } from '@/tests/support/variables'
import { rowsUnder } from '@/tools/guarantees'

beforeEach(() => {
  vi.stubEnv('SUDO_USER', undefined)
})

test('the guide names the commands that there are, as they are typed, and no other', async () => {
  const guide = await readFile('docs/operations.md', 'utf8')
  const told = rowsUnder(guide, 'Command line')
    .map(([usage = '']) => usage)
    .filter((usage) => usage.startsWith('`'))
  expect(told).toEqual(allCommands.map((command) => `\`${usageOf(command)}\``))
})

test('every command is in the help, with what it does', () => {
  const help = helpOf(allCommands).join('\n')
  for (const { name, does } of allCommands) expect(help).toMatch(new RegExp(`  ${name}\\b.*\\n +${escaped(does)}`))
  expect(new Set(allCommands.map(({ name }) => name)).size).toBe(allCommands.length)
})

test('whoever acts is who they say, else who is behind sudo, else the user of the machine', () => {
  expect(readOperator('Zoë', 'SUP-1')).toEqual({ name: 'Zoë', reason: 'SUP-1' })
  expect(readOperator(undefined, undefined)).toEqual({ name: userInfo().username, reason: null })
  vi.stubEnv('SUDO_USER', 'robin')
  expect(readOperator(undefined, undefined)).toEqual({ name: 'robin', reason: null })
  for (const name of ['', ' ', 'robin@example.org', 'a\nb', 'x'.repeat(65), '-'])
    expect(() => readOperator(name, undefined), name).toThrow('--as')
  for (const reason of ['', 'because she said so', 'robin@example.org', 'x'.repeat(65)])
    expect(() => readOperator('Robin', reason), reason).toThrow('--reason')
})

test('a limit and an age are read strictly', () => {
  expect([undefined, '1', '1000'].map(readLimit)).toEqual([50, 1, 1_000])
  for (const wrong of ['0', '1001', '-1', '1.5', 'ten', '', '1e3']) expect(() => readLimit(wrong)).toThrow('--limit')
  expect([undefined, '90s', '30m', '2h', '7d'].map(readSince)).toEqual([null, 90, 1_800, 7_200, 604_800])
  for (const wrong of ['2', 'h', '2 h', '-2h', '2w', '']) expect(() => readSince(wrong)).toThrow('--since')
})

test('what is printed of secrets is new each time, and such as the configuration takes', async () => {
  const run = () => secretsGenerate.run({ parameter: '', options: {}, operator: { name: 'Robin', reason: null } })
  const [first, second] = [await run(), await run()]
  expect(first.text.join('\n')).not.toBe(second.text.join('\n'))
  const asVariables = Object.fromEntries(
    first.text.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
  )
  expect(asVariables).toEqual(first.data)
  expect(readEnv({ ...deployed, ...asVariables })).toMatchObject({ secret: asVariables.APP_SECRET })
})

test('a failure that nobody thought of tells nothing of what it was about', () => {
  const complaint = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const { code, message } = inWords(new Error('duplicate key: robin@example.org'))
  expect(code).toBe('unexpected')
  expect(`${message} ${complaint.mock.calls.join()}`).not.toContain('robin')
  expect(message).toMatch(/reference: [\da-f]{8}$/)
})

test('a table and a list of fields are aligned, and say so when there is nothing', () => {
  const at = new Date('2026-11-29T04:00:00.123Z')
  expect(
    tableLines(
      [
        { at, name: 'one', via: null },
        { at, name: 'three', via: 'x' },
      ],
      'none',
    ),
  ).toEqual(['at                    name   via', '2026-11-29T04:00:00Z  one    -', '2026-11-29T04:00:00Z  three  x'])
  expect(tableLines([], 'none')).toEqual(['none'])
  expect(fieldLines({ id: 1, locale: 'fr', closesAt: null })).toEqual(['id      1', 'locale  fr'])
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
