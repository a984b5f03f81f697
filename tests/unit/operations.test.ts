import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limits, type Window } from '@/lib/limits'
import { rowsUnder } from '@/tools/guarantees'

const guide = await readFile('docs/operations.md', 'utf8')

test('every event that is written is explained to who operates the service, and no other', async () => {
  const source = await readSource()
  const recorded = [...(/type AuditEvent =([^:]*?)\n\n/.exec(source)?.[1] ?? '').matchAll(/'(\w+)'/g)]
  const logged = [...source.matchAll(/\blog(?:Event|Error)\('(\w+)'|\bevent: '(\w+)'|'(\w+_failed)'/g)]
  const names = [...recorded, ...logged].map((match) => match.slice(1).find(Boolean) ?? '')
  const written = new Set([...names, 'mail_sent', 'mail_abandoned'])
  expect(written.size).toBeGreaterThan(25)
  const section = guide.split(/^## /m).find((part) => part.startsWith('What it writes')) ?? ''
  const explained = [...section.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, name]) => name)
  expect(explained.sort()).toEqual([...written].sort())
})

test('the limits that are explained are those of the policy, with its numbers', () => {
  const explained = rowsUnder(guide, 'Limits').filter((row) => row.length === 4)
  const inWords = Object.entries(limits).map(([name, windows]) => [
    `\`${name}\``,
    windows.map(windowInWords).join(', '),
  ])
  expect(explained.map(([name, , most]) => [name, most]).sort()).toEqual(inWords.sort())
})

test('the deviations name the standards and what makes up for them', async () => {
  const deviations = await readFile('docs/decisions/0007-deviations.md', 'utf8')
  for (const standard of ['§6.2.5', '§3.1.1.2', 'CNIL 2022-100', '§6.4.2', '§6.3.3']) {
    const row = deviations.split('\n').find((line) => line.startsWith('|') && line.includes(standard))
    expect(
      row?.split('|').filter((cell) => cell.trim() !== ''),
      standard,
    ).toHaveLength(4)
  }
})

function windowInWords({ max, seconds }: Window): string {
  const one = { 60: 'a minute', 3600: 'an hour', 86400: 'a day' }[seconds]
  return `${max} ${one ?? `in ${seconds / 60} minutes`}`
}

async function readSource(): Promise<string> {
  const folders = await Promise.all(['lib', 'app', 'prisma'].map(namesIn))
  const files = [...folders.flat(), 'instrumentation.ts']
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => /\.tsx?$/.test(name) && !name.includes('generated')).map((name) => join(folder, name))
}
