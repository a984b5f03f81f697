import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { type HelpPicture, type HelpStep, helpSteps } from '@/lib/i18n/help-steps'
import { locales } from '@/lib/i18n/locales'
import { test } from '@/tests/e2e/fixtures'
import { walkGuide } from '@/tests/pages/guide'
import { digestOf, schemes, takePicture } from '@/tests/pages/pictures'

test.use({ viewport: { width: 390, height: 844 } })

for (const locale of locales)
  test(`the pictures of the guide in ${locale} show the pages as they are`, async ({ page, service }, { config }) => {
    test.slow()
    const remake = config.updateSnapshots === 'all'
    const folder = `public/help/${locale}`
    const record = `app/[locale]/help/pictures/${locale}.json`
    const digests: Partial<Record<HelpStep, string>> = {}
    const pictures: Partial<Record<HelpStep, HelpPicture>> = {}
    await walkGuide(page, service, locale, async (step) => {
      const digest = await digestOf(page)
      digests[step] = digest
      if (!remake) return
      mkdirSync(folder, { recursive: true })
      for (const scheme of schemes) {
        const { bytes, ...size } = await takePicture(page, scheme)
        writeFileSync(`${folder}/${step}-${scheme}.webp`, bytes)
        pictures[step] = { ...size, digest }
      }
    })
    if (remake) writeFileSync(record, `${JSON.stringify(pictures, null, 2)}\n`)

    const kept: Record<HelpStep, HelpPicture> = JSON.parse(readFileSync(record, 'utf8'))
    const stale = helpSteps.filter((step) => kept[step].digest !== digests[step])
    expect(stale, 'pages that changed since their pictures were made: run npm run help:pictures').toEqual([])
  })
