import { expect, test } from 'vitest'
import type { Locale } from '@/lib/i18n/locales'
import { argumentsOf, pluralFaults, renditionsOf } from '@/tools/message-arguments'
import { typographyFaults } from '@/tools/message-typography'

test.for<[Locale, string]>([
  ['fr', 'Oui\u202f! «\u202fNon\u202f»'],
  ['de', 'Ein „Wort“ und „zwei“'],
  ['es', '¡Bien! ¿Qué tal? Pues, ¿sabe?'],
  ['pl', '„Tak” i „nie”'],
  ['ar', 'نعم؟ لا؛ ربما، أو غدًا.'],
])('in %s, %s is well set', ([locale, text]) => {
  expect(typographyFaults(locale, text)).toEqual([])
})

test.for<[Locale, string]>([
  ['en', ''],
  ['en', 'It\u0027s'],
  ['en', 'Wait...'],
  ['en', 'two  spaces'],
  ['en', 'Really ?'],
  ['en', '{name}'],
  ['nl', 'onzichtbaar\u200b'],
  ['fr', 'Oui!'],
  ['de', 'Ein “Wort”'],
  ['de', 'Ein „Wort'],
  ['de', 'Moment…'],
  ['es', 'Bien. Qué tal?'],
  ['es', '¿Qué tal'],
  ['es', 'Bien!'],
  ['it', '„Parola“'],
  ['pl', '“Tak”'],
  ['ar', 'نعم, لا'],
  ['ar', 'نعم?'],
  ['ar', '٣ مرات'],
  ['ar', 'مـرة'],
])('in %s, %j is found to be badly set', ([locale, text]) => {
  expect(typographyFaults(locale, text)).not.toEqual([])
})

test.for<[Locale, string, number]>([
  ['pl', '{n, plural, one {# znak} few {# znaki} many {# znaków} other {# znaku}}', 0],
  ['pl', '{n, plural, one {# znak} other {# znaki}}', 2],
  ['ar', '{n, plural, one {مرة} other {# مرة}}', 4],
  ['de', '{n, plural, one {# Tag} few {# Tage} other {# Tage}}', 1],
  ['es', '{n, plural, one {# vez} other {# veces}}', 0],
])('in %s, the plural %s has %i faults', ([locale, text, faults]) => {
  expect(pluralFaults(locale, text)).toHaveLength(faults)
})

test('the arguments of a text are found inside and outside of its plurals', () => {
  expect(argumentsOf('{b} {n, plural, one {{a}} other {#}}')).toEqual(['a', 'b', 'n'])
})

test('a text is shown in every form it takes, or not at all', () => {
  expect(renditionsOf('pl', '{n, plural, one {raz} few {# razy} many {# razy} other {#}}')).toContain('raz')
  expect(() => renditionsOf('fr', '{n, plural, one {x}')).toThrow()
})
