import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { passwordIssues } from '@/lib/accounts/codes'
import * as forms from '@/lib/accounts/input'
import { codesOf, goodInput } from '@/tests/support/accounts/form-input'
import { anyText } from '@/tests/support/any-text'

const schemas = Object.entries(forms).filter((entry): entry is [string, z.ZodObject] => entry[0].endsWith('Schema'))
const codes = [
  'missing',
  'invalid',
  'too_long',
  'unsafe_characters',
  'markup',
  'foreign_local_part',
  'wrong',
  'taken',
  ...passwordIssues,
]
const notText: [string, unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 1],
  ['a bigint', 1n],
  ['a boolean', true],
  ['an array', ['mike@example.org']],
  ['an object', { not: '' }],
  ['a String object', Object('mike@example.org')],
  ['a date', new Date(0)],
  ['a file', new File(['mike@example.org'], 'x')],
  ['a function', () => 'mike@example.org'],
]
/** Every field of every form but the sign-in's language, which falls back instead. */
const fields = schemas.flatMap(([name, schema]) =>
  Object.keys(schema.shape)
    .filter((field) => !(name === 'logInSchema' && field === 'locale'))
    .map((field) => ({ name, schema, field })),
)

test.each(schemas)('%s takes what its form sends and ignores the rest', (_, schema) => {
  const extra = { role: 'admin', emailVerified: 'true', id: '1', passwordHash: 'x', verifiedAt: '2026-01-01' }
  const parsed = schema.parse({ ...goodInput, ...extra, ...JSON.parse('{"__proto__":{"role":"admin"}}') })
  expect(Object.keys(parsed).sort()).toEqual(Object.keys(schema.shape).sort())
  expect((parsed as { role?: string }).role).toBeUndefined()
})

test.each(fields)('$name wants $field, as one text', ({ schema, field }) => {
  const { [field]: _, ...without } = goodInput
  expect(codesOf(schema, without)).toEqual({ [field]: ['invalid'] })
  for (const [kind, value] of notText)
    expect({ kind, codes: codesOf(schema, { ...goodInput, [field]: value }) }).toEqual({
      kind,
      codes: { [field]: ['invalid'] },
    })
})

test.each(fields)('$name has one code for a $field that is empty or endless', ({ schema, field }) => {
  const closed = field === 'locale'
  expect(codesOf(schema, { ...goodInput, [field]: '' })).toEqual({ [field]: [closed ? 'invalid' : 'missing'] })
  const endless = 'A'.repeat(100_000)
  expect(codesOf(schema, { ...goodInput, [field]: endless })).toEqual({ [field]: [closed ? 'invalid' : 'too_long'] })
})

test.each(schemas)('%s finds every fault of a form at once', (name, schema) => {
  const wanted = fields.filter((field) => field.name === name).map(({ field }) => [field, ['invalid']])
  expect(codesOf(schema, {})).toEqual(Object.fromEntries(wanted))
})

test('whatever is submitted, nothing throws and each field has at most one code, of the closed list', () => {
  const value = fc.oneof(anyText, fc.anything({ maxDepth: 1, withBigInt: true }))
  const names = fc.constantFrom(...new Set(fields.map(({ field }) => field)), '__proto__', 'role')
  fc.assert(
    fc.property(fc.dictionary(names, value), fc.anything({ maxDepth: 1 }), (form, thing) => {
      for (const [, schema] of schemas) schema.safeParse(thing)
      const found = schemas.flatMap(([, schema]) => Object.values(codesOf(schema, form)))
      expect(found.filter(([code = '', ...more]) => more.length > 0 || !codes.includes(code))).toEqual([])
    }),
  )
})

test('a text of endless spaces is missing, and a name in their midst too long, within milliseconds', () => {
  for (const unseen of [' ', '\u00a0', '\u200b', '\u{e0020}', ' \u00ad']) {
    const run = unseen.repeat(50_000)
    const begunAt = performance.now()
    expect(codesOf(forms.resetRequestSchema, { ...goodInput, firstName: run })).toEqual({ firstName: ['missing'] })
    for (const firstName of [`a${run}b`, `${run}a`, `a${run}`])
      expect(codesOf(forms.resetRequestSchema, { ...goodInput, firstName })).toEqual({ firstName: ['too_long'] })
    expect(performance.now() - begunAt).toBeLessThan(500)
  }
})
