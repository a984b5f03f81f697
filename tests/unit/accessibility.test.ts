import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { audit } from '@/app/[locale]/accessibility/audit'
import { type Locale, locales } from '@/lib/i18n/locales'
import { pageTexts } from '@/tests/support/words'
import { rowsUnder } from '@/tools/guarantees'

const text = readFileSync('docs/accessibility.md', 'utf8')
const rgaa = rowsUnder(text, 'RGAA 4.1')
const wcag = rowsUnder(text, 'WCAG 2.2')

/** How many criteria each of the thirteen themes of RGAA 4.1 has. */
const themes = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12]

test('each of the 106 criteria of RGAA 4.1 is judged once, and each that WCAG 2.2 adds', () => {
  const criteria = themes.flatMap((count, theme) =>
    Array.from({ length: count }, (_, one) => `${theme + 1}.${one + 1}`),
  )
  expect(criteria).toHaveLength(106)
  expect(rgaa.map(([criterion]) => criterion)).toEqual(criteria)
  expect(wcag.map(([criterion]) => criterion)).toEqual([
    '2.4.11',
    '2.4.12',
    '2.4.13',
    '2.5.7',
    '2.5.8',
    '3.2.6',
    '3.3.7',
    '3.3.8',
    '3.3.9',
  ])
})

test('every verdict is one of three, and has a test, a reading or a reason to show for it', () => {
  for (const row of [...rgaa, ...wcag]) {
    const [verdict = '', proof = ''] = row.slice(-2)
    expect(['conform', 'not applicable', 'not conform'], row[0]).toContain(verdict)
    expect(proof, row[0]).toMatch(verdict === 'conform' ? /`[^`]+`|read: / : /\w/)
  }
})

test('the statement gives the figures of the document', () => {
  const count = (rows: string[][], verdict: string) => rows.filter((row) => row.at(-2) === verdict).length
  const { conform, notApplicable, notConform } = audit
  expect({ conform, notApplicable, notConform }).toEqual({
    conform: count(rgaa, 'conform'),
    notApplicable: count(rgaa, 'not applicable'),
    notConform: count(rgaa, 'not conform'),
  })
  expect([notConform, count(wcag, 'not conform')]).toEqual([0, 0])
})

const notCompliant: Record<Locale, string> = {
  fr: 'non conforme',
  en: 'not compliant',
  de: 'nicht konform',
  es: 'no conforme',
  it: 'non conforme',
  pt: 'não conforme',
  nl: 'voldoet niet',
  pl: 'brak zgodności',
  ar: 'غير مطابقة',
}

test('without an audit by people no language calls the pages compliant or gives a rate', () => {
  expect(text).toContain('- **Audit by people**: none.')
  for (const locale of locales) {
    const { mention, ...statement } = pageTexts(locale).accessibility
    expect(mention.endsWith(notCompliant[locale]), mention).toBe(true)
    expect(Object.values(statement).join(), locale).not.toMatch(/%|\{rate\}/)
  }
})
