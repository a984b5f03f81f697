import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { defaultLocale, locales } from '@/lib/i18n/locales'

type Texts = Map<string, string>
/** Texts of one kind by language, and the folders of the code that shows them. */
type Family = { name: string; sources: string[]; texts: Map<string, Texts> }

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const perLocale = (fileOf: (locale: string) => unknown) =>
  new Map(locales.map((locale) => [locale as string, flatten(fileOf(locale))]))

/** Code that lists what may be a key, or that puts keys together. */
const general = /^export type (FieldCode|OrganizationType) =|\$\{[\w.]+\}\./m

const crash = read('messages/crash.json') as Record<string, unknown>
const families: Family[] = [
  {
    name: 'messages',
    sources: ['app', 'lib/i18n', 'lib/accounts'],
    texts: perLocale((locale) => read(`messages/${locale}.json`)),
  },
  {
    name: 'messages/mail',
    sources: ['lib/mail'],
    texts: perLocale((locale) => read(`messages/mail/${locale}.json`)),
  },
  {
    name: 'messages/crash',
    sources: ['app/components'],
    texts: perLocale((locale) => crash[locale]),
  },
]

const faults = families.flatMap((family) => [...unequal(family), ...unused(family), ...untidy(family)])
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0

function flatten(value: unknown, prefix = ''): Texts {
  if (typeof value === 'string') return new Map([[prefix, value]])
  const entries = Object.entries((value ?? {}) as Record<string, unknown>)
  return new Map(entries.flatMap(([key, inner]) => [...flatten(inner, prefix ? `${prefix}.${key}` : key)]))
}

/** Every language has the keys of the source language, and each text the same arguments. */
function unequal({ name, texts }: Family): string[] {
  const source = texts.get(defaultLocale) ?? new Map()
  return [...texts].flatMap(([locale, translated]) => [
    ...[...source.keys()].filter((key) => !translated.has(key)).map((key) => `${name} ${locale}: ${key} is missing`),
    ...[...translated].flatMap(([key, text]) => {
      if (!source.has(key)) return [`${name} ${locale}: ${key} is not in ${defaultLocale}`]
      const [expected, found] = [argumentsOf(source.get(key)), argumentsOf(text)]
      return expected === found ? [] : [`${name} ${locale}: ${key} takes (${found}) instead of (${expected})`]
    }),
  ])
}

/** The names of the ICU arguments of a text, sorted. A brace inside a plural or a choice opens a text, not an argument. */
function argumentsOf(text: string): string {
  const names = new Set<string>()
  const open: ('argument' | 'branch')[] = []
  for (const { 0: brace, 1: name } of text.matchAll(/\{\s*(\w*)|\}/g)) {
    if (brace === '}') open.pop()
    else if (open.at(-1) === 'argument') open.push('branch')
    else {
      open.push('argument')
      names.add(name ?? '')
    }
  }
  return [...names].sort().join(', ')
}

/** A key is used when each of its parts is a word of code in code that knows its first part or is general. */
function unused({ name, sources, texts }: Family): string[] {
  const files = sources.flatMap(codeIn)
  const mentions = (file: string, part: string) => new RegExp(`['"\`.{ ]${part}\\b`).test(file)
  const isUsed = (key: string) => {
    const [first = '', ...rest] = key.split('.')
    const knowing = files.filter((file) => mentions(file, first) || general.test(file))
    return [first, ...rest].every((part) => knowing.some((file) => mentions(file, part)))
  }
  const keys = texts.get(defaultLocale)?.keys() ?? []
  return [...keys].filter((key) => !isUsed(key)).map((key) => `${name}: ${key} is not used`)
}

function codeIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(path.join(folder, name), 'utf8'))
}

/** Nothing empty, no typewriter's punctuation, and in French a narrow no-break space where one belongs. */
function untidy({ name, texts }: Family): string[] {
  const rules: [RegExp, string, string?][] = [
    [/^\s*$|^\s|\s$/, 'is empty or has a space at an end'],
    [/['"]/, 'has a typewriter’s apostrophe or quote'],
    [/\.\.\./, 'has three dots for an ellipsis'],
    [/ {2}/, 'has two spaces in a row'],
    [/[^\u202f][;!?»]|[^\u202f]:(?!\/\/)|«[^\u202f]/, 'lacks a narrow no-break space (U+202F)', 'fr'],
  ]
  return [...texts].flatMap(([locale, entries]) =>
    [...entries].flatMap(([key, text]) =>
      rules
        .filter(([pattern, , only]) => (only ?? locale) === locale && pattern.test(text))
        .map(([, fault]) => `${name} ${locale}: ${key} ${fault}`),
    ),
  )
}
