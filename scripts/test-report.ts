import { readFile } from 'node:fs/promises'

export type Count = { passed: number; failed: number }

/** `titles` are those of the tests that passed. */
export type Report = Count & { titles: string[] }

type VitestReport = {
  numTotalTests: number
  numPassedTests: number
  testResults: { status: string; assertionResults: { status: string; title: string }[] }[]
}

type PlaywrightSuite = { specs?: { title: string; ok: boolean }[]; suites?: PlaywrightSuite[] }

type PlaywrightReport = PlaywrightSuite & {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}

/** Counts the tests in a JSON report of Vitest or Playwright. What was not seen to pass failed; no report, no tests. */
export async function readReport(file: string): Promise<Report> {
  const report = await findReport(file)
  if (report === null) return { passed: 0, failed: 0, titles: [] }
  if ('stats' in report) return { ...countPlaywright(report), titles: passedSpecs(report) }
  return { ...countVitest(report), titles: passedTests(report) }
}

async function findReport(file: string): Promise<VitestReport | PlaywrightReport | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}

function countPlaywright({ stats, errors }: PlaywrightReport): Count {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length }
}

/** A file can fail without a failed test: when it does not load, or when a hook fails. */
function countVitest({ numTotalTests, numPassedTests, testResults }: VitestReport): Count {
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  )
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + brokenFiles.length }
}

function passedSpecs({ specs = [], suites = [] }: PlaywrightSuite): string[] {
  return [...specs.filter(({ ok }) => ok).map(({ title }) => title), ...suites.flatMap(passedSpecs)]
}

function passedTests({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'passed').map(({ title }) => title),
  )
}
