import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

test('every link from one document to another, or to a file, leads to one that is there', async () => {
  const broken: string[] = []
  let links = 0
  const documents = (await readdir('docs', { recursive: true })).filter((name) => name.endsWith('.md'))
  for (const file of ['README.md', ...documents.map((name) => join('docs', name))])
    for (const [, link = ''] of (await readFile(file, 'utf8')).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(link)) continue
      links += 1
      if (!existsSync(join(dirname(file), link))) broken.push(`${file}: ${link}`)
    }
  expect(links).toBeGreaterThan(50)
  expect(broken).toEqual([])
})
