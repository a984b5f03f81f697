import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readReport } from '@/scripts/test-report'

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

  expect(await readReport(file)).toMatchObject({ passed: 2, failed: 4 })
})

test('flaky and skipped browser tests and errors outside of tests count as failed', async () => {
  const file = await write({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 1 }, errors: [{}] })

  expect(await readReport(file)).toMatchObject({ passed: 7, failed: 4 })
})

test('a runner that left no report, or half of one, passed nothing', async () => {
  expect(await readReport(join(tmpdir(), 'no-such-report.json'))).toMatchObject({ passed: 0, failed: 0 })
  expect(await readReport(await write('{"numTotal', (text) => text))).toMatchObject({ passed: 0, failed: 0 })
})

async function write<T>(report: T, format: (report: T) => string = JSON.stringify) {
  const folder = await mkdtemp(join(tmpdir(), 'report-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'report.json')
  await writeFile(file, format(report))
  return file
}
