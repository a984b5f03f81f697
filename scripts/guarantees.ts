import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

const ownCommands = ['tests/timing', 'tests/faults']

/**
 * The tests which README's guarantees name and which are not among those that passed. Those of the long suites, which
 * have commands of their own, need only exist here.
 */
export async function findUnproven(passed: string[]): Promise<string[]> {
  const longSuites = (await Promise.all(ownCommands.map(sourcesOf))).join('\n')
  return namedTests(readFileSync('README.md', 'utf8')).filter(
    (title) => !passed.includes(title) && !longSuites.includes(title),
  )
}

/** The titles in the last column of the table under «Guarantees», each in backticks. */
export function namedTests(readme: string): string[] {
  const section = readme.split(/^## /m).find((part) => part.startsWith('Guarantees')) ?? ''
  const rows = section
    .split('\n')
    .filter((line) => /^\|(?! *-|-)/.test(line))
    .slice(1)
  return rows.flatMap((row) => [...(row.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, title = '']) => title))
}

async function sourcesOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const files = names.filter((name) => name.endsWith('.ts'))
  return (await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')))).join('\n')
}
