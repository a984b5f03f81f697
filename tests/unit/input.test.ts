import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { passwordIssues } from '@/lib/accounts/codes'
import * as forms from '@/lib/accounts/input'
import { anyText } from '@/tests/support/any-text'

const { countries, logInSchema, localeSchema, organizationTypes, signUpSchema } = forms
const schemas = Object.entries(forms).filter((entry): entry is [string, z.ZodObject] => entry[0].endsWith('Schema'))
const codes = ['missing', 'invalid', 'too_long', 'unsafe_characters', 'wrong', ...passwordIssues]
const good: Record<string, unknown> = {
  email: 'mike@example.org',
  firstName: 'Éloïse',
  lastName: 'D’Arc',
  country: 'BE',
  organizationType: 'association',
  password: 'Tr0ub4dor&3',
  identifier: 'mike@example.org',
  newPassword: 'Un-n0uveau secret',
  currentPassword: 'Tr0ub4dor&3',
  locale: 'fr',
}
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
  const parsed = schema.parse({ ...good, ...extra, ...JSON.parse('{"__proto__":{"role":"admin"}}') })
  expect(Object.keys(parsed).sort()).toEqual(Object.keys(schema.shape).sort())
  expect((parsed as { role?: string }).role).toBeUndefined()
})

test.each(fields)('$name wants $field, as one text', ({ schema, field }) => {
  const { [field]: _, ...without } = good
  expect(codesOf(schema, without)).toEqual({ [field]: ['invalid'] })
  for (const [kind, value] of notText)
    expect({ kind, codes: codesOf(schema, { ...good, [field]: value }) }).toEqual({
      kind,
      codes: { [field]: ['invalid'] },
    })
})

test.each(fields)('$name has one code for a $field that is empty or endless', ({ schema, field }) => {
  const closed = field === 'locale'
  expect(codesOf(schema, { ...good, [field]: '' })).toEqual({ [field]: [closed ? 'invalid' : 'missing'] })
  const endless = 'A'.repeat(100_000)
  expect(codesOf(schema, { ...good, [field]: endless })).toEqual({ [field]: [closed ? 'invalid' : 'too_long'] })
})

test.each(schemas)('%s finds every fault of a form at once', (name, schema) => {
  const wanted = fields.filter((field) => field.name === name).map(({ field }) => [field, ['invalid']])
  expect(codesOf(schema, {})).toEqual(Object.fromEntries(wanted))
})

test.each([
  ['email', 'mike', 'invalid'],
  ['email', 'mıke@example.org', 'invalid'],
  ['email', 'mike@example.org\r\nBcc: eve@evil.example', 'invalid'],
  ['email', 'mike@example.org,eve@evil.example', 'invalid'],
  ['email', 'mike\0@example.org', 'unsafe_characters'],
  ['email', '\ud800@example.org', 'unsafe_characters'],
  ['email', ' \t', 'missing'],
  ['email', `${'m'.repeat(320)}@example.org`, 'too_long'],
  ['firstName', ' \u00a0\u3000', 'missing'],
  ['firstName', '\u200b\u200d', 'missing'],
  ['firstName', '\u0301', 'missing'],
  ['firstName', 'é'.repeat(101), 'too_long'],
  ['firstName', 'a\0b', 'unsafe_characters'],
  ['firstName', 'a\udc00b', 'unsafe_characters'],
  ['firstName', '<b>Mike</b>', 'unsafe_characters'],
  ['firstName', 'www.evil.example', 'unsafe_characters'],
  ['lastName', 'a\nb', 'unsafe_characters'],
  ['lastName', '\u202egnp', 'unsafe_characters'],
  ['country', 'fr', 'invalid'],
  ['country', 'XX', 'invalid'],
  ['country', 'FRA', 'too_long'],
  ['country', 'F\0', 'unsafe_characters'],
  ['organizationType', 'Company', 'invalid'],
  ['organizationType', 'company ', 'invalid'],
  ['organizationType', 'bank', 'invalid'],
  ['organizationType', '__proto__', 'invalid'],
  ['organizationType', 'constructor', 'invalid'],
  ['password', '\ud800Tr0ub4dor&3', 'invalid'],
  ['password', 'x'.repeat(513), 'too_long'],
])('the %s %j is %s', (field, value, code) => {
  expect(codesOf(signUpSchema, { ...good, [field]: value })).toEqual({ [field]: [code] })
})

test.each(['../../etc', 'FR', 'fr\r\nSet-Cookie:a=b', '__proto__', 'constructor', 'toString', '0'])(
  'the language %j is none, and does not keep anybody from signing in',
  (locale) => {
    expect(codesOf(localeSchema, { locale })).toEqual({ locale: ['invalid'] })
    expect(logInSchema.parse({ ...good, locale })).toMatchObject({ identifier: good.identifier, locale: undefined })
  },
)

test('names are kept composed and trimmed, passwords and identifiers as typed', () => {
  const password = ' \u0000e\u0301🙂 x'
  const parsed = signUpSchema.parse({ ...good, firstName: ' E\u0301loi\u0308se ', lastName: 'M', password })
  expect(parsed).toMatchObject({ firstName: 'Éloïse', lastName: 'M', password })
  expect(logInSchema.parse({ ...good, identifier: ' Mike ', password })).toMatchObject({
    identifier: ' Mike ',
    password,
  })
})

test('there are countries and kinds of organisation, each with its own id', () => {
  expect(countries.length).toBeGreaterThan(240)
  for (const country of countries) expect(codesOf(signUpSchema, { ...good, country })).toEqual({})
  for (const organizationType of organizationTypes)
    expect(codesOf(signUpSchema, { ...good, organizationType })).toEqual({})
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

function codesOf(schema: z.ZodObject, submitted: unknown): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const { path, message } of schema.safeParse(submitted).error?.issues ?? []) {
    const field = String(path[0])
    found[field] = [...(found[field] ?? []), message]
  }
  return found
}
