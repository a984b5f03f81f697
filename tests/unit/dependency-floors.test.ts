import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

/** The first version of each without a known hole. */
const floors: Record<string, string> = {
  next: '16.4.5',
  react: '19.3.1',
  'react-dom': '19.3.1',
  sharp: '0.35.5',
  mysql2: '3.24.6',
  'deepmerge-ts': '8.0.2',
}

type Installed = { version: string; name?: string }

const { packages }: { packages: Record<string, Installed> } = JSON.parse(await readFile('package-lock.json', 'utf8'))

test('nothing that is installed, in whatever place and under whatever name, is older than its floor', () => {
  const installed = Object.entries(packages).map(([place, { name, version }]) => ({
    name: name ?? place.split('node_modules/').at(-1) ?? '',
    place,
    version,
  }))
  expect(installed.length).toBeGreaterThan(700)
  expect(Object.keys(floors).filter((name) => !installed.some((one) => one.name === name))).toEqual([])
  expect(installed.filter(({ name, version }) => !isAtLeast(version, floors[name] ?? '0.0.0-0'))).toEqual([])
})

test('every dependency is pinned to one version', async () => {
  const { dependencies, devDependencies, overrides } = JSON.parse(await readFile('package.json', 'utf8'))
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...overrides })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version)
  }
})

test('each Node that is promised is tested, and nothing is tested that is not', async () => {
  const promised = JSON.parse(await readFile('package.json', 'utf8')).engines.node as string
  const { dependencies } = JSON.parse(await readFile('tests/nodes/package.json', 'utf8'))
  const tested = Object.values<string>(dependencies).map((version) => version.split('@').at(-1) ?? '')
  const majors = (versions: string[]) => versions.map((version) => /\d+/.exec(version)?.[0])
  expect(majors(promised.split('||'))).toEqual(majors(tested))
  for (const version of tested) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
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
