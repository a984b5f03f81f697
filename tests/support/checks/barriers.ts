import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
/** What another colour scheme can change. */
const colours = ['cat.color']

/** What axe finds, with the stricter contrast of WCAG's level AAA: of everything, or of colours alone. */
export async function barriers(page: Page, what: 'everything' | 'colours' = 'everything'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(
    async (tags) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') }
      const { violations } = await axe.run({
        runOnly: tags,
        rules: { 'color-contrast-enhanced': { enabled: true } },
        resultTypes: ['violations'],
        preload: false,
      })
      return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
    },
    what === 'everything' ? standards : colours,
  )
}
