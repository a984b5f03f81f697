import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('npm start, without a shell that can exec too, and the image give Node the same limits of memory', () => {
  const { start } = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  const [posix = '', windows = ''] = start.split(' || ')
  const image = readFileSync('Dockerfile', 'utf8')
  const heap = posix.match(/--max[\w-]+=\d+/g)
  expect(heap).toEqual(['--max-old-space-size=256', '--max-semi-space-size=16'])
  expect(windows.match(/--max[\w-]+=\d+/g)).toEqual(heap)
  expect(image.match(/--max[\w-]+=\d+/g)).toEqual(heap)
  expect(image.match(/MALLOC_\w+=\d+/g)).toEqual(posix.match(/MALLOC_\w+=\d+/g))
})
