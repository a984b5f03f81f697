import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isKnown, variables } from '@/lib/variables'
import { variableTexts } from '@/tools/variable-texts'

const ignored = ['.git', ...[...read('.gitignore').matchAll(/^(.+)\/$/gm)].map(([, folder = '']) => folder)]
const tree = [...namesUnder('.')].sort()
const documents = ['README.md', ...tree.filter((name) => /^docs\/.*\.md$/.test(name))]
const ends = new Set(
  tree.map((name) => path.extname(name)).filter((end) => /^\.(?:tsx?|json|sql|css|md|mjs)$/.test(end)),
)

test.for(documents)('every file and folder that %s names is there', (document) => {
  expect(quotedIn(read(document)).filter((name) => looksLikePath(name) && !isThere(name))).toEqual([])
})

test.for(documents)('every link of %s leads to a file', (document) => {
  const links = [...read(document).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link)
  const files = links
    .filter((link) => !link.startsWith('https:'))
    .map((link) => path.join(path.dirname(document), link))
  expect(files.filter((file) => !tree.includes(file))).toEqual([])
})

test('a path is told from other words, and a missing one found', () => {
  const words = [
    'lib/gone.ts',
    'gone.ts',
    'lib/gone',
    'page.tsx',
    'messages/*.json',
    'lib/*.gone',
    '/api/gone',
    'verify-email/done',
    'a.b',
  ]
  expect(words.filter((word) => looksLikePath(word) && !isThere(word))).toEqual([
    'lib/gone.ts',
    'gone.ts',
    'lib/gone',
    'lib/*.gone',
  ])
})

test('the map in README has every folder at the top, of the library and of the tests', () => {
  const map = new Set(
    read('README.md')
      .split('\n')
      .flatMap((line) => (line.startsWith('| `') ? quotedIn(line) : [])),
  )
  const folders = tree.filter((name) => isFolder(name) && /^(?:[^./][^/]*|tests\/[^/]+|lib\/.*)$/.test(name))
  expect(folders.length).toBeGreaterThan(25)
  expect(folders.filter((folder) => !map.has(folder))).toEqual([])
})

test('README is short and gives both commands', () => {
  const readme = read('README.md')
  expect(readme.split('\n').length).toBeLessThan(70)
  for (const command of ['npm ci && npm start', 'npm ci && npm test']) expect(readme).toContain(`\n    ${command}\n`)
})

test('the variables of a deployment are explained as they are declared, and those that are read are declared', async () => {
  for (const [file, text] of Object.entries(variableTexts())) expect(read(file), file).toBe(text)
  const sources = tree.filter((name) =>
    /^(?:app|lib|prisma|scripts)\/.*\.tsx?$|^(?:middleware|instrumentation|(?:next|prisma)\.config)\.ts$/.test(name),
  )
  const named = sources.flatMap((file) => [
    ...read(file).matchAll(/\bprocess\.env\.([A-Z_]+)|\b(?:value|number)\('([A-Z_]+)'/g),
  ])
  const names = new Set(named.map(([, first, second]) => first ?? second ?? ''))
  expect([...names].filter((name) => !isKnown(name) && name !== 'PATH')).toEqual([])
  expect(Object.keys(variables).filter((name) => !names.has(name))).toEqual([])
})

test('the example of a configuration is that of a service of this machine, as it is', () => {
  const lines = [...read('.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value])
  expect(lines.map(([name]) => name)).toEqual(Object.keys(variables))
  expect(lines.filter(([, value]) => value !== '')).toEqual([])
})

test('no document has numbers that only a list elsewhere explains', () => {
  const numbers = /\bF\d{1,2}\b|\bR-[A-Z]+-\d+|\bWSTG-|security\.md|product\.md|design\.md/
  expect(documents.filter((document) => numbers.test(read(document)))).toEqual([])
})

function* namesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (ignored.includes(name) || ignored.includes(entry.name)) continue
    yield name
    if (entry.isDirectory()) yield* namesUnder(name)
  }
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, quoted = '']) => quoted)
}

/** A path begins in this repository, or ends as one of its files; URLs, placeholders and sentences do not. */
function looksLikePath(text: string): boolean {
  if (!/^[\w.@()[\]*-]+(?:\/[\w.@()[\]*-]+)*$/.test(text)) return false
  return tree.includes(text.split('/')[0] ?? '') || ends.has(path.extname(text))
}

/** A name without a folder may be that of many files; `*` stands for any name. */
function isThere(text: string): boolean {
  const pattern = text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')
  const known = new RegExp(text.includes('/') ? `^${pattern}$` : `(?:^|/)${pattern}$`)
  return tree.some((name) => known.test(name))
}

function isFolder(name: string): boolean {
  return tree.some((other) => other.startsWith(`${name}/`))
}
