import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

const ownCommands = [
  'tests/pages',
  'tests/timing',
  'tests/faults',
  'tests/clients',
  'tests/serverless',
  'tests/engines',
  'tests/voice',
]

/** Where promises are made, and the headings under which tables name the tests that prove them. */
const documents = { 'docs/guarantees.md': ['Promises'], 'docs/accessibility.md': ['RGAA 4.1', 'WCAG 2.2'] }

/**
 * The tests which the documents name and which are not among those that passed. Those of the long suites, which have
 * commands of their own, need only exist here; in a sample, what is walked with and without JavaScript needs one of the two.
 */
export async function findUnproven(passed: string[], isSample = Boolean(process.env.SAMPLE)): Promise<string[]> {
  const elsewhere = titlesIn((await Promise.all(ownCommands.map(sourcesOf))).join('\n'))
  const named = Object.entries(documents).flatMap(([file, headings]) =>
    namedTests(readFileSync(file, 'utf8'), headings),
  )
  const hasPassed = (title: string) => passed.includes(title) || (isSample && passed.includes(otherWay(title)))
  return [...new Set(named)].filter((title) => !hasPassed(title) && !elsewhere.some((known) => known.test(title)))
}

function otherWay(title: string): string {
  return title.replace(/ (with|without) JavaScript$/, (_, way) => ` ${way === 'with' ? 'without' : 'with'} JavaScript`)
}

/** The titles in the last column of the tables under these headings, each in backticks. */
export function namedTests(text: string, headings: string[]): string[] {
  const cells = headings.flatMap((heading) => rowsUnder(text, heading)).map((row) => row.at(-1) ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, title = '']) => title))
}

/** The cells of each row of the tables under a heading of the second level, without the heads of the tables. */
export function rowsUnder(text: string, heading: string): string[][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  const tables = [...section.matchAll(/^\|[ :-]+(?:\|[ :-]+)*\|\n((?:\|.*\n?)*)/gm)].map(([, rows = '']) => rows)
  return tables
    .flatMap((rows) => rows.trimEnd().split('\n'))
    .map((row) => row.slice(1, -1).split('|'))
    .map((cells) => cells.map((cell) => cell.trim()))
}

/** What tests are called in a source; whatever may stand in the gaps of a template. */
function titlesIn(source: string): RegExp[] {
  const titles = [...source.matchAll(/\btest\(\s*(?:'([^'\n]+)'|`([^`]+)`)|title: '([^'\n]+)'/g)]
  return titles.map(([, plain, template, listed]) => {
    const parts = (plain ?? template ?? listed ?? '').split(/\$\{[^}]*\}/)
    return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`)
  })
}

async function sourcesOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const files = names.filter((name) => name.endsWith('.ts'))
  return (await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')))).join('\n')
}
