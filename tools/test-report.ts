import { readFile } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'

export type Count = { passed: number; failed: number }

/**
 * `titles` are those of the tests that passed; `failures` those of the others, each with its suite and the first lines of
 * its error; `doubts` the same of those that passed only when tried again; `silent` the suites in which nothing passed.
 */
export type Report = Count & { titles: string[]; failures: string[]; doubts: string[]; silent: string[] }

type VitestReport = {
  numTotalTests: number
  numPassedTests: number
  testResults: {
    status: string
    message?: string
    assertionResults: { status: string; title: string; failureMessages?: string[] }[]
  }[]
}

type PlaywrightSpec = {
  title: string
  ok: boolean
  tests: { projectName: string; results: { error?: { message?: string } }[] }[]
}

type PlaywrightSuite = { specs?: PlaywrightSpec[]; suites?: PlaywrightSuite[] }

type PlaywrightReport = PlaywrightSuite & {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: { message?: string }[]
}

/**
 * Counts the tests in a JSON report of these suites by Vitest or Playwright. What was not seen to pass failed, and so did
 * what passed at a second try, unless one was asked for; no report, no tests.
 */
export async function readReport(file: string, suites: string[], secondTry = false): Promise<Report> {
  const report = await findReport(file)
  if (report === null) return { passed: 0, failed: 0, titles: [], failures: [], doubts: [], silent: suites }
  return 'stats' in report ? readPlaywright(report, suites, secondTry) : readVitest(report, suites)
}

async function findReport(file: string): Promise<VitestReport | PlaywrightReport | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}

function readPlaywright(report: PlaywrightReport, suites: string[], secondTry: boolean): Report {
  const { expected, unexpected, flaky, skipped } = report.stats
  const specs = specsOf(report)
  return {
    passed: expected + (secondTry ? flaky : 0),
    failed: unexpected + (secondTry ? 0 : flaky) + skipped + report.errors.length,
    titles: specs.filter(({ ok }) => ok).map(({ title }) => title),
    failures: [
      ...specs.filter(({ ok }) => !ok).map((spec) => failure(suiteOf(spec), spec.title, errorOf(spec))),
      ...report.errors.map(({ message }) => failure(suites.join(', '), 'outside of tests', message)),
    ],
    doubts: specs.filter(isFlaky).map((spec) => failure(suiteOf(spec), spec.title, errorOf(spec))),
    silent: suites.filter((suite) => !specs.some((spec) => spec.ok && suiteOf(spec) === suite)),
  }
}

function specsOf({ specs = [], suites = [] }: PlaywrightSuite): PlaywrightSpec[] {
  return [...specs, ...suites.flatMap(specsOf)]
}

function isFlaky({ ok, tests }: PlaywrightSpec): boolean {
  return ok && tests.some(({ results }) => results.length > 1)
}

function suiteOf({ tests: [test] }: PlaywrightSpec): string {
  return test?.projectName ?? ''
}

function errorOf({ tests }: PlaywrightSpec): string | undefined {
  return tests.flatMap(({ results }) => results.map(({ error }) => error?.message)).find(Boolean)
}

/** A file can fail without a failed test: when it does not load, or when a hook fails. */
function readVitest({ numTotalTests, numPassedTests, testResults }: VitestReport, suites: string[]): Report {
  const suite = suites.join(', ')
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  )
  return {
    passed: numPassedTests,
    failed: numTotalTests - numPassedTests + brokenFiles.length,
    titles: tests.filter(({ status }) => status === 'passed').map(({ title }) => title),
    failures: [
      ...tests
        .filter(({ status }) => status !== 'passed')
        .map(({ title, failureMessages = [] }) => failure(suite, title, failureMessages[0])),
      ...brokenFiles.map(({ message }) => failure(suite, 'a file that does not load', message)),
    ],
    doubts: [],
    silent: numPassedTests > 0 ? [] : suites,
  }
}

/** One line, so that it can be found in a log of many thousands. */
function failure(suite: string, title: string, message = 'skipped'): string {
  return `${suite}: ${title}: ${stripVTControlCharacters(message).replaceAll(/\s+/g, ' ').slice(0, 300)}`
}
