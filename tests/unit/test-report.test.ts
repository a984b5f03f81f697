import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readReport } from '@/tools/test-report'

test('skipped tests and files that do not load count as failed', async () => {
  const file = await write({
    numTotalTests: 5,
    numPassedTests: 2,
    testResults: [
      { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'skipped' }, { status: 'todo' }] },
      { status: 'failed', assertionResults: [] },
    ],
  })

  expect(await readReport(file, ['unit'])).toMatchObject({ passed: 2, failed: 4, silent: [] })
})

test('flaky and skipped browser tests and errors outside of tests count as failed', async () => {
  const file = await write({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 1 }, errors: [{}] })

  expect(await readReport(file, ['e2e'])).toMatchObject({ passed: 7, failed: 4 })
})

test('what passed at a second try counts as passed where one was asked for, and is named', async () => {
  const results = [{ error: { message: 'too late' } }, {}]
  const specs = [{ title: 'slow', ok: true, tests: [{ projectName: 'e2e', results }] }]
  const stats = { expected: 0, unexpected: 0, flaky: 1, skipped: 0 }
  const file = await write({ suites: [{ specs }], stats, errors: [] })

  expect(await readReport(file, ['e2e'], true)).toMatchObject({ passed: 1, failed: 0, doubts: ['e2e: slow: too late'] })
  expect(await readReport(file, ['e2e'])).toMatchObject({ passed: 0, failed: 1 })
})

test('what failed is named in one line, with the first of what it said', async () => {
  const assertionResults = [{ status: 'failed', title: 'one', failureMessages: ['Error: no\n  at line 1'] }]
  const tests = await write({
    numTotalTests: 1,
    numPassedTests: 0,
    testResults: [{ status: 'failed', assertionResults }],
  })
  expect((await readReport(tests, ['unit'])).failures).toEqual(['unit: one: Error: no at line 1'])

  const specs = [specOf('size', false)]
  const stats = { expected: 0, unexpected: 1, flaky: 0, skipped: 0 }
  const report = await write({ suites: [{ specs }], stats, errors: [{ message: 'no port' }] })
  expect((await readReport(report, ['size', 'pages'])).failures).toEqual([
    'size: of size: no',
    'size, pages: outside of tests: no port',
  ])
})

test('a suite in which nothing passed is told from those that ran along with it', async () => {
  const specs = [specOf('pages', true), specOf('size', false)]
  const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 }
  const report = await write({ suites: [{ specs }], stats, errors: [] })
  expect((await readReport(report, ['pages', 'size', 'faults'])).silent).toEqual(['size', 'faults'])
})

test('a runner that left no report, or half of one, passed nothing', async () => {
  const nothing = { passed: 0, failed: 0, silent: ['unit'] }
  expect(await readReport(join(tmpdir(), 'no-such-report.json'), ['unit'])).toMatchObject(nothing)
  expect(await readReport(await write('{"numTotal', (text) => text), ['unit'])).toMatchObject(nothing)
})

function specOf(projectName: string, ok: boolean) {
  const results = [{ error: { message: '\u001b[31mno\u001b[39m' } }]
  return { title: `of ${projectName}`, ok, tests: [{ projectName, results }] }
}

async function write<T>(report: T, format: (report: T) => string = JSON.stringify) {
  const folder = await mkdtemp(join(tmpdir(), 'report-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'report.json')
  await writeFile(file, format(report))
  return file
}
