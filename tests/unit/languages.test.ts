import { expect, test } from 'vitest'
import { countries, countryNames } from '@/lib/i18n/countries'
import { directionOf } from '@/lib/i18n/direction'
import { languageNames } from '@/lib/i18n/language-names'
import { locales } from '@/lib/i18n/locales'
import { preferredLocale } from '@/lib/i18n/preferred-locale'

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

test('countries are named in the Portuguese of Portugal', () => {
  expect(countryNames('pt')).toMatchObject({ PL: 'Polónia', VN: 'Vietname', IR: 'Irão' })
})

test.for([
  ['pt-BR,pt;q=0.9,en;q=0.8', 'pt'],
  ['ar-MA', 'ar'],
  ['ja,pl;q=0.4,nl;q=0.7', 'nl'],
  ['ja', 'fr'],
] as const)('a browser that asks for %s gets %s', ([asked, locale]) => {
  expect(preferredLocale(asked)).toBe(locale)
})
