import type { Locale } from '@/lib/i18n/locales'

/** A pattern that no text may have, and what is said of a text that has it. */
type Rule = [pattern: RegExp, fault: string]

/** The quotation marks of a language; every other one is a fault. */
const quotes: Partial<Record<Locale, string>> = {
  fr: '«»',
  en: '“”‘',
  de: '„“‚‘',
  es: '«»“”',
  it: '«»“”',
  pt: '«»“”',
  nl: '“”‘',
  pl: '„”«»',
  ar: '«»“”',
}

const everywhere: Rule[] = [
  [/^\s*$|^\s|\s$/, 'is empty or has a space at an end'],
  [/['"]/, 'has a typewriter’s apostrophe or quote'],
  [/\.\.\./, 'has three dots for an ellipsis'],
  [/ {2}/, 'has two spaces in a row'],
  // But for where a new line begins.
  [/(?!\n)[\p{Cc}\p{Cf}]/u, 'has a character that nobody sees'],
  [/[{}#]/, 'shows its syntax'],
]

/** French alone sets a space before double punctuation. */
const closeUp: Rule = [/\s[:;!?،؛؟]/, 'has a space before punctuation']

const perLocale: Partial<Record<Locale, Rule[]>> = {
  fr: [[/[^\u202f][;!?»]|[^\u202f]:(?!\/\/)|«[^\u202f]/, 'lacks a narrow no-break space (U+202F)']],
  de: [
    [/„[^“]*(?:„|$)|‚[^‘]*(?:‚|$)/, 'opens a quotation that it does not close'],
    [/[^\u00a0]…/, 'lacks a no-break space (U+00A0) before an ellipsis'],
  ],
  es: [
    [/(?:^|[.?!…])[^¿.?!…]*\?|¿[^?]*(?:¿|$)/, 'has a question without ¿ or ?'],
    [/(?:^|[.?!…])[^¡.?!…]*!|¡[^!]*(?:¡|$)/, 'has an exclamation without ¡ or !'],
  ],
  ar: [
    [/[,;?%]/, 'has a Latin comma, semicolon, question or percent mark'],
    [/[\u0660-\u0669\u06f0-\u06f9]/, 'has other digits than the numbers put into texts'],
    [/[\u0640\ufb50-\ufdff\ufe70-\ufefe]/, 'has a stretched letter or a presentation form'],
  ],
}

/** What is wrong with the punctuation of a text, as it is shown, in its language. */
export function typographyFaults(locale: Locale, text: string): string[] {
  const own = quotes[locale] ?? ''
  const foreign: Rule[] = [...'«»„“”‚‘‹›']
    .filter((mark) => !own.includes(mark))
    .map((mark) => [new RegExp(mark), `has ${mark}, no quotation mark of this language`])
  const rules = [...everywhere, ...foreign, ...(locale === 'fr' ? [] : [closeUp]), ...(perLocale[locale] ?? [])]
  return rules.filter(([pattern]) => pattern.test(text)).map(([, fault]) => fault)
}
