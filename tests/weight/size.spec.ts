import { gzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { locales } from '@/lib/i18n/locales'
import { startBarePage } from '@/tests/support/app/bare-page'
import { test } from '@/tests/support/browser/test'
import { type Weight, weigh } from '@/tests/support/checks/weight'
import { servingPages } from '@/tests/support/states/serving-pages'

/** What a nonce and a port may add to a document, compressed. */
const chance = 40

/** Bytes, as a host compresses them: scripts above those of a bare page, styles, and the document in any language. */
const budget = { script: 7_000, style: 6_000, document: 10_000 + chance }

test('every page keeps to its budget of scripts and document, in every language, and asks nobody else', async ({
  browser,
  page,
  service,
}) => {
  test.setTimeout(300_000)
  const bare = await startBarePage()
  const nothing = await weigh(await browser.newPage(), bare.url)
  await bare.stop()
  const rows: Row[] = []
  for await (const name of servingPages(page, service)) {
    const weight = await weigh(page, `${service.url}/fr/${name}`)
    rows.push({ name, ...weight, script: weight.script - nothing.script, document: await heaviest(page, name) })
  }
  console.log(`a bare page: ${nothing.script} bytes of script\n${draw(rows)}`)
  expect(rows.filter(({ script }) => script > budget.script)).toEqual([])
  expect(rows.filter(({ style }) => style > budget.style)).toEqual([])
  expect(rows.filter(({ document }) => document.bytes > budget.document)).toEqual([])
  expect(rows.filter(({ fonts, elsewhere }) => fonts + elsewhere > 0)).toEqual([])
})

type Row = Omit<Weight, 'document'> & { name: string; document: { locale: string; bytes: number } }

/** The language in which a page's document weighs most. */
async function heaviest(page: Page, name: string): Promise<Row['document']> {
  const documents = []
  for (const locale of locales) {
    const answer = await page.request.get(`/${locale}/${name}`, { maxRedirects: 0 })
    expect(answer.status(), `${locale}/${name}`).toBe(200)
    documents.push({ locale, bytes: gzipSync(await answer.body()).length })
  }
  return documents.reduce((one, other) => (other.bytes > one.bytes ? other : one))
}

function draw(rows: Row[]): string {
  const head = ['page', 'script over bare', 'style', 'document', 'as sent in fr', 'requests']
  const lines = rows.map(({ name, script, style, document, sent, requests }) => [
    name.replace(/\?.*/, ' for an application'),
    ...[script, style, `${document.bytes} ${document.locale}`, sent, requests].map(String),
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)))
  return [head, ...lines]
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n')
}
