import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { defaultLocale, isLocale, type Locale, locales } from '@/lib/i18n/locales'
import { argumentsOf, pluralFaults, renditionsOf } from '@/tools/message-arguments'
import { typographyFaults } from '@/tools/message-typography'

type Texts = Map<string, string>
/** Texts of one kind by language, the languages found of it, and the folders of the code that shows them. */
type Family = { name: string; sources: string[]; found: string[]; texts: Map<Locale, Texts> }

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const perLocale = (contentOf: (locale: Locale) => unknown) =>
  new Map(locales.map((locale) => [locale, flatten(contentOf(locale))]))

/** Code that lists what may be a key, or that puts keys together. */
const general = /^export type (FieldCode|OrganizationType) =|\$\{[\w.]+\}\./m

const crash = read('messages/crash.json') as Record<string, unknown>
const busy = read('messages/busy.json') as Record<string, unknown>
const families: Family[] = [
  { name: 'messages', sources: ['app', 'lib/words', 'lib/i18n', 'lib/accounts'], ...filesOf('messages') },
  { name: 'messages/mail', sources: ['lib/mail'], ...filesOf('messages/mail') },
  {
    name: 'messages/crash',
    sources: ['app'],
    found: Object.keys(crash),
    texts: perLocale((locale) => crash[locale]),
  },
  {
    name: 'messages/busy',
    sources: ['lib/http'],
    found: Object.keys(busy),
    texts: perLocale((locale) => busy[locale]),
  },
]

const checks = [strange, unequal, unused, untidy]
const faults = families.flatMap((family) => checks.flatMap((check) => check(family)))
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0

function filesOf(folder: string): Pick<Family, 'found' | 'texts'> {
  const found = readdirSync(folder).flatMap((file) => /^([a-z]{2})\.json$/.exec(file)?.slice(1) ?? [])
  return { found, texts: perLocale((locale) => (found.includes(locale) ? read(`${folder}/${locale}.json`) : {})) }
}

function flatten(value: unknown, prefix = ''): Texts {
  if (typeof value === 'string') return new Map([[prefix, value]])
  const entries = Object.entries((value ?? {}) as Record<string, unknown>)
  return new Map(entries.flatMap(([key, inner]) => [...flatten(inner, prefix ? `${prefix}.${key}` : key)]))
}

/** Texts of a language that the product does not have. */
function strange({ name, found }: Family): string[] {
  return found
    .filter((language) => !isLocale(language))
    .map((language) => `${name} ${language}: is no language of ours`)
}

/** Every language has the keys of the source language, and each text the same arguments. */
function unequal({ name, texts }: Family): string[] {
  const source: Texts = texts.get(defaultLocale) ?? new Map()
  return [...texts].flatMap(([locale, translated]) => [
    ...[...source.keys()].filter((key) => !translated.has(key)).map((key) => `${name} ${locale}: ${key} is missing`),
    ...[...translated].flatMap(([key, text]) => {
      if (!source.has(key)) return [`${name} ${locale}: ${key} is not in ${defaultLocale}`]
      const [expected, found] = [source.get(key) ?? '', text].map((words) => argumentsOf(words).join(', '))
      return expected === found ? [] : [`${name} ${locale}: ${key} takes (${found}) instead of (${expected})`]
    }),
  ])
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

/** Every text can be shown, has the plurals of its language, and is set as its readers are used to. */
function untidy({ name, texts }: Family): string[] {
  return [...texts].flatMap(([locale, entries]) =>
    [...entries].flatMap(([key, text]) => {
      const shown = renditionsOf(locale, text).flatMap((rendition) => typographyFaults(locale, rendition))
      return [...new Set([...pluralFaults(locale, text), ...shown])].map(
        (fault) => `${name} ${locale}: ${key} ${fault}`,
      )
    }),
  )
}
