import { expect, test } from 'vitest'
import { atDomain, probableDomain } from '@/app/components/probable-domain'

test.each([
  ['nom@gmial.com', 'gmail.com'],
  ['nom@gmail.co', 'gmail.com'],
  ['nom@gmaill.com', 'gmail.com'],
  ['nom@gnail.com', 'gmail.com'],
  [' Nom@HOTMIAL.FR ', 'hotmail.fr'],
  ['nom@orage.fr', 'orange.fr'],
  ['mailto:nom@gmial.com.', 'gmail.com'],
])('%s probably meant %s', (typed, meant) => {
  expect(probableDomain(typed)).toBe(meant)
})

test.each([
  ['nom@gmial.com', 'nom@gmail.com'],
  ['Nom <nom@gmial.com>', 'nom@gmail.com'],
  ["'nom@gmial.com'", 'nom@gmail.com'],
  ['nom﹫gmial.com', 'nom@gmail.com'],
  ['mailto:nom%40gmial.com', 'nom@gmail.com'],
])('%s is mended to %s', (typed, mended) => {
  expect(atDomain(typed, 'gmail.com')).toBe(mended)
})

test.each([
  'nom@GMAIL.COM.',
  '<nom@gmail.com>',
  'nom@gmail.com’',
  'nom@gmail。com',
  'nom@ｇｍａｉｌ.com',
  'nom@gmail.com',
  'nom@mail.com',
  'nom@gmail.example',
  'nom@free.fr',
  'nom@',
  'nom',
  '',
])('%j is taken as it is', (typed) => {
  expect(probableDomain(typed)).toBeNull()
})
