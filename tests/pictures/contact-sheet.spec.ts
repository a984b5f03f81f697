import { mkdir, writeFile } from 'node:fs/promises'
import { test } from '@/tests/support/browser/test'
import { everyState, expectOnlyFailures } from '@/tests/support/states/states'

const folder = 'test-results/pages'
const looks = [360, 768, 1440].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })))

// npm run pages:pictures: every page in every state, for a person to look at in test-results/pages.
for (const [whose, states] of Object.entries(everyState))
  test(`a contact sheet of the pages ${whose}`, async ({ page, service, console: complaints }) => {
    test.setTimeout(900_000)
    await mkdir(folder, { recursive: true })
    const rows: string[] = []
    for await (const [name, state] of states({ page, service, locale: 'fr' })) {
      const images: string[] = []
      for (const { width, scheme } of looks) {
        const file = `${name}-${state}-${width}-${scheme}.jpg`.replace(/[^\w.-]+/g, '-')
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme: scheme })
        await page.screenshot({ path: `${folder}/${file}`, fullPage: true, type: 'jpeg', quality: 60 })
        images.push(`<img src="${file}" alt="${width} ${scheme}" width="${width / 4}">`)
      }
      rows.push(`<h2>${name}, ${state}</h2>${images.join(' ')}`)
    }
    await writeFile(`${folder}/${whose.replaceAll(' ', '-')}.html`, `<meta charset="utf-8">${rows.join('\n')}`)
    expectOnlyFailures(complaints)
  })
