import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { appKeys, readApps } from '@/lib/app-list'
import { deployed, variableFaults } from '@/tests/support/variables'

const guide = readFileSync('docs/connect.md', 'utf8')

test('the list of applications with which the guide begins is taken as it stands, but for its secret', () => {
  const [example = ''] = /^ {4}\[[\s\S]*?\]$/m.exec(guide) ?? []
  expect(readApps(example.replace('…', 's'.repeat(32)))).toHaveLength(1)
  expect(readApps(example)).toMatch(/^is wrong in 1 place\(s\): secret of "shop"/)
  expect(variableFaults({ ...deployed, APPS: example.replace('…', 's'.repeat(32)) })).toEqual([])
})

test('the guide explains every key of an application, and no other', () => {
  const [table = ''] = /^\| key \|(?:.*\n)*?(?=\n)/m.exec(guide) ?? []
  const explained = [...table.matchAll(/^\| (`[^|]+) \| /gm)].flatMap(([, names = '']) => names.match(/\w+/g) ?? [])
  expect(explained).toEqual(appKeys)
})

test('the packages of the example of Auth.js are those that it is tested with', () => {
  const named = [...guide.matchAll(/`([@\w/]+)@(\d[\d.]+)`/g)].map(([, name = '', version]) => [name, version])
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const versions: Record<string, string> = { ...dependencies, ...devDependencies }
  expect(named.length).toBe(4)
  expect(named).toEqual(named.map(([name = '']) => [name, versions[name]]))
})

test('what is to be set to try a proxy on one machine makes a deployed service', () => {
  const set = [...guide.matchAll(/`([A-Z_]+)=([^`]+)`/g)].map(([, name = '', value = '']) => [name, value])
  expect(set.map(([name]) => name)).toContain('APP_URL')
  expect(variableFaults({ ...deployed, ...Object.fromEntries(set) })).toEqual([])
})
