import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, expect } from '@playwright/test'
import lighthouse, { type Result } from 'lighthouse'
import { chromiumOptions, findChromium } from '@/tests/support/browser/chromium'
import { test } from '@/tests/support/browser/test'
import { findPort } from '@/tests/support/port'
import { roundsOf } from '@/tests/support/sample'
import { servingPages } from '@/tests/support/states/serving-pages'

const looked = ['login', 'signup', 'forgot-password', 'reset-password', 'account']
/** Times differ from one to the next, and decide nothing here. */
const rounds = roundsOf(5, 1)
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const

/** What cannot be measured twice with one outcome: times. Layout shift can. */
const timed = /^(?!cumulative-layout-shift)/

/** Pages of links that somebody was mailed ask search engines to stay away; so do the pages of an account. */
const kept = ['is-crawlable']

test('Lighthouse finds nothing on a phone but what depends on the hour', async ({ service, baseURL }) => {
  test.setTimeout(900_000)
  const folder = await mkdtemp(path.join(tmpdir(), 'lighthouse-'))
  const port = await findPort()
  const context = await chromium.launchPersistentContext(folder, {
    ...chromiumOptions,
    ...(baseURL && { baseURL }),
    executablePath: await findChromium(),
    args: [...(chromiumOptions.args ?? []), `--remote-debugging-port=${port}`],
  })
  const page = await context.newPage()
  const found: string[] = []
  for await (const name of servingPages(page, service)) {
    if (!looked.includes(name)) continue
    const results: Result[] = []
    for (let round = 0; round < rounds; round += 1) {
      const flags = { port, disableStorageReset: true, onlyCategories: [...categories], logLevel: 'silent' as const }
      const run = await lighthouse(`${service.url}/fr/${name}`, flags)
      if (!run) throw new Error(`Lighthouse says nothing of ${name}`)
      results.push(run.lhr)
    }
    console.log(
      `${name.padEnd(16)} ${categories.map((category) => `${category} ${median(results, category)}`).join('  ')}`,
    )
    found.push(...results.flatMap(findings).map((finding) => `${name}: ${finding}`))
  }
  await context.close()
  await rm(folder, { recursive: true, force: true })
  expect([...new Set(found)]).toEqual([])
})

/** The median of a category's score, of 100. */
function median(results: Result[], category: string): number {
  const scores = results.map((result) => Math.round(100 * (result.categories[category]?.score ?? 0)))
  return scores.sort((one, other) => one - other)[Math.floor(scores.length / 2)] ?? 0
}

/** The audits that failed, of those that no clock decides. */
function findings({ categories: { performance, ...others }, audits }: Result): string[] {
  const refs = Object.values(others).flatMap(({ auditRefs }) => auditRefs)
  const steady = performance?.auditRefs.filter(({ id }) => !timed.test(id)) ?? []
  return [...refs, ...steady]
    .filter(({ id, weight }) => weight > 0 && !kept.includes(id))
    .filter(({ id }) => typeof audits[id]?.score === 'number' && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => `${id} ${audits[id]?.displayValue ?? ''}`.trim())
}
