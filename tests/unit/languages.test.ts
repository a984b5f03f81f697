import { expect, test } from 'vitest'
import { countries, countryNames } from '@/lib/i18n/countries'
import { directionOf } from '@/lib/i18n/direction'
import { languageNames } from '@/lib/i18n/language-names'
import { locales } from '@/lib/i18n/locales'
import { preferredLocale } from '@/lib/i18n/preferred-locale'
import { regionalTag } from '@/lib/i18n/regional-tag'

test('every language is called what its readers call it', () => {
  expect(Object.values(languageNames)).toEqual([
    'Français',
    'English',
    'Deutsch',
    'Español',
    'Italiano',
    'Português',
    'Nederlands',
    'Polski',
    'العربية',
  ])
})

test('Arabic is written from right to left, every other language of ours from left to right', () => {
  expect(locales.filter((locale) => directionOf(locale) === 'rtl')).toEqual(['ar'])
})

test.for(locales)('every country has a name of its own in %s', (locale) => {
  const names = countryNames(locale)
  expect(Object.keys(names).sort()).toEqual([...countries].sort())
  expect(new Set(Object.values(names)).size).toBe(countries.length)
  for (const [code, name] of Object.entries(names)) expect(name, code).not.toBe(code)
})

test.for(locales)(
  'typing the name of a country selects it in %s, and no name is one of forms and treaties',
  (locale) => {
    const { compare } = new Intl.Collator(regionalTag(locale))
    const names = Object.entries(countryNames(locale))
    expect(names).toEqual([...names].sort(([, a], [, b]) => compare(a, b)))
    for (const [code, name] of names) {
      const [selected] = names.find(([, other]) => other.toLowerCase().startsWith(name.toLowerCase())) ?? []
      expect(selected, name).toBe(code)
      expect(name).not.toMatch(/[(),[\]]|\. ?[A-Z]\.|\bS[AR][RA]\b|\bRAE\b| - |منطقة/)
    }
  },
)

test.for([
  ['fr', 'hong', 'HK'],
  ['fr', 'maca', 'MO'],
  ['fr', 'pale', 'PS'],
  ['fr', 'vatican', 'VA'],
  ['fr', 'birm', 'MM'],
  ['fr', 'centraf', 'CF'],
  ['fr', 'vietnam', 'VN'],
  ['fr', 'royaume', 'GB'],
  ['fr', 'côte d’i', 'CI'],
  ['fr', 'corée du s', 'KR'],
  ['fr', 'taïwan', 'TW'],
  ['fr', 'kosovo', 'XK'],
  ['en', 'hong', 'HK'],
  ['en', 'ivory', 'CI'],
  ['en', 'turk', 'TR'],
  ['en', 'united k', 'GB'],
  ['de', 'hongkong', 'HK'],
  ['de', 'elfen', 'CI'],
  ['de', 'molda', 'MD'],
  ['de', 'usa', 'US'],
  ['es', 'hong', 'HK'],
  ['es', 'costa de m', 'CI'],
  ['es', 'vaticano', 'VA'],
  ['it', 'hong', 'HK'],
  ['it', 'birmania', 'MM'],
  ['pt', 'hong', 'HK'],
  ['pt', 'costa do m', 'CI'],
  ['nl', 'hongk', 'HK'],
  ['nl', 'palest', 'PS'],
  ['pl', 'hong', 'HK'],
  ['pl', 'wybrze', 'CI'],
  ['ar', 'هونغ', 'HK'],
  ['ar', 'السعودية', 'SA'],
  ['ar', 'فلسطين', 'PS'],
] as const)('in %s, "%s" is the country %s', ([locale, typed, code]) => {
  const [selected] = Object.entries(countryNames(locale)).find(([, name]) => name.toLowerCase().startsWith(typed)) ?? []
  expect(selected).toBe(code)
})

test('countries are named in the Portuguese of Portugal', () => {
  expect(countryNames('pt')).toMatchObject({ PL: 'Polónia', VN: 'Vietname', IR: 'Irão' })
})

test.for([
  ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
  ['ar-MA', 'ar'],
  ['ja,pl;q=0.4,nl;q=0.7', 'nl'],
  ['de-CH', 'de'],
  ['en-GB,en-US;q=0.9,fr;q=0.8', 'en'],
  ['FR-ca', 'fr'],
  ['por', 'pt'],
  ['ja, nl; q=0.5, pl; Q=0.9', 'pl'],
  ['sv-SE,sv;q=0.9', 'en'],
  ['zh-Hant-TW,zh;q=0.8', 'en'],
  ['sv,en-US;q=0.5,fr;q=0.4', 'en'],
  ['sv,fr;q=0.4', 'fr'],
  ['sv,*;q=0.5', 'en'],
  ['sv,fr;q=0', 'en'],
  ['*', 'fr'],
  ['', 'fr'],
  [null, 'fr'],
  ['de;q=0,*', 'fr'],
  ['nonsense_, ;;q, 1', 'fr'],
  [`${'x_,'.repeat(19)}de`, 'de'],
  [`${'x_,'.repeat(5_000)}de`, 'fr'],
  [`${' '.repeat(500)}de`, 'fr'],
] as const)('a browser that asks for %s gets %s', ([asked, locale]) => {
  expect(preferredLocale(asked)).toBe(locale)
})
