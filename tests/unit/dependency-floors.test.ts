import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

/** The first versions without the holes known of each: security.md, table F. */
const floors: Record<string, string> = {
  next: '16.4.5',
  react: '19.3.1',
  'react-dom': '19.3.1',
  sharp: '0.35.5',
}

const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8'))

for (const [name, floor] of Object.entries(floors)) {
  test(`${name} is nowhere older than ${floor}`, () => {
    const places = Object.keys(packages).filter((place) => place.endsWith(`node_modules/${name}`))
    expect(places).not.toEqual([])
    for (const place of places) expect(isAtLeast(packages[place].version, floor), place).toBe(true)
  })
}

test('every dependency is pinned to one version', async () => {
  const { dependencies, devDependencies, overrides } = JSON.parse(await readFile('package.json', 'utf8'))
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...overrides })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
    expect(packages[`node_modules/${name}`].version, name).toBe(version)
  }
})

test('a version below the floor is recognised', () => {
  expect(isAtLeast('16.4.4', '16.4.5')).toBe(false)
  expect(isAtLeast('16.5.0', '16.4.5')).toBe(true)
  expect(isAtLeast('16.4.5-canary.1', '16.4.5')).toBe(false)
  expect(isAtLeast('9.9.9', '16.4.5')).toBe(false)
})

/** A version before a release, `-canary`, is older than the release. */
function isAtLeast(version: string, floor: string): boolean {
  const [release = '', before] = version.split('-', 2)
  const order = release.localeCompare(floor, 'en', { numeric: true })
  return order > 0 || (order === 0 && before === undefined)
}
