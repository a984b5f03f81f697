import { expect, test } from 'vitest'
import { localeSchema, logInSchema, organizationTypes, signUpSchema, usernameSchema } from '@/lib/accounts/input'
import { countries } from '@/lib/i18n/countries'
import { codesOf, goodInput } from '@/tests/support/accounts/form-input'

test.each([
  ['email', 'mike', 'invalid'],
  ['email', 'mıke@example.org', 'foreign_local_part'],
  ['email', 'éloise@exemple.fr', 'foreign_local_part'],
  ['email', '’mike@exemple.fr', 'invalid'],
  ['email', 'mi–ke@exemple.fr', 'invalid'],
  ['email', 'mike@exem🙂ple.fr', 'invalid'],
  ['email', 'михаил＠пример.рф', 'foreign_local_part'],
  ['email', 'éloise@', 'invalid'],
  ['email', '\u200b\u00a0', 'missing'],
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
  ['firstName', '<b>Mike</b>', 'markup'],
  ['firstName', 'www.evil.example', 'markup'],
  ['lastName', 'w\u200bww.evil.example', 'markup'],
  ['lastName', '\u202e\t', 'missing'],
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
  expect(codesOf(signUpSchema, { ...goodInput, [field]: value })).toEqual({ [field]: [code] })
})

test.each(['../../etc', 'FR', 'fr\r\nSet-Cookie:a=b', '__proto__', 'constructor', 'toString', '0'])(
  'the language %j is none, and does not keep anybody from signing in',
  (locale) => {
    expect(codesOf(localeSchema, { locale })).toEqual({ locale: ['invalid'] })
    expect(logInSchema.parse({ ...goodInput, locale })).toMatchObject({
      identifier: goodInput.identifier,
      locale: undefined,
    })
  },
)

test.each([
  ['\tAnne\tMarie\u00a0', 'Anne Marie'],
  ['a\r\nb', 'a b'],
  ['\u202egnp', 'gnp'],
  ['\u200eJean\u200b-Luc\ufeff', 'Jean-Luc'],
  ['Ma\u00adrie\u200d', 'Marie'],
  ['علی\u200cرضا', 'علی\u200cرضا'],
  ['क्\u200dष', 'क्\u200dष'],
  ['a\u001b[31m', 'a[31m'],
])('the name %j is kept as %j', (typed, kept) => {
  expect(signUpSchema.parse({ ...goodInput, firstName: typed }).firstName).toBe(kept)
})

test('a user name is kept without what nobody sees, in the case in which it was typed', () => {
  const { username } = usernameSchema.parse({ username: '\u200eBob\u200btest\u00ad77\u00a0' })
  expect(username).toEqual({ name: 'Bobtest77', key: 'bobtest77' })
})

test('names are kept composed and trimmed, passwords and identifiers as typed', () => {
  const password = ' \u0000e\u0301🙂 x'
  const parsed = signUpSchema.parse({ ...goodInput, firstName: ' E\u0301loi\u0308se ', lastName: 'M', password })
  expect(parsed).toMatchObject({ firstName: 'Éloïse', lastName: 'M', password })
  const asTyped = { identifier: ' Mike ', password }
  expect(logInSchema.parse({ ...goodInput, ...asTyped })).toMatchObject(asTyped)
})

test('there are countries and kinds of organisation, each with its own id', () => {
  expect(countries.length).toBeGreaterThan(240)
  for (const country of countries) expect(codesOf(signUpSchema, { ...goodInput, country })).toEqual({})
  for (const organizationType of organizationTypes)
    expect(codesOf(signUpSchema, { ...goodInput, organizationType })).toEqual({})
})
