import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** The fonts that Next.js brings, with letters of Latin. */
const fonts = ['geist', 'geist-mono'].map((family) => ({
  family,
  bytes: readFileSync(`node_modules/next/dist/next-devtools/server/font/${family}-latin.woff2`, 'base64'),
}))

const css = `:root { --font-sans: geist, sans-serif; --font-mono: geist-mono, monospace }
* { caret-color: transparent !important }`

/** What is another each time, and what stands for it: names and references, ports, days, hours, seasons. */
const stands: [RegExp, string][] = [
  [/\b[0-9a-f]{12}\b/g, 'camillemorea'],
  [/\b([0-9a-f]{8}|\d{7,10})\b/g, '1a2b3c4d'],
  [/localhost:\d+/g, 'localhost:3000'],
  [/\b\d{1,2}(er)? \p{Script=Latin}+ 20\d\d/gu, '14 mai 2026'],
  [/\b\d{1,2} \p{Script=Arabic}+ 20\d\d/gu, '14 مايو 2026'],
  [/\b\d{1,2}:\d{2}\b/g, '10:30'],
  [/(?<=\d:\d\d\s)[صم]/g, 'ص'],
  [/heure (normale|d’été)/g, 'heure normale'],
  [/(?<=\p{L} )(الصيفي|الرسمي)/gu, 'الرسمي'],
]

/**
 * Makes a page look the same each time and on every machine once scripts have drawn it: in one font, without a caret, with
 * the same names, days and references. Returns what gives it its own back.
 */
export async function makeSteady(page: Page): Promise<() => Promise<void>> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('main, main h1, main form')].every((element) =>
      Object.keys(element).some((key) => key.startsWith('__react')),
    ),
  )
  const own = await page.evaluateHandle(dress, {
    fonts,
    css,
    stands: stands.map(([{ source, flags }, one]) => ({ source, flags, one })),
  })
  return () => own.evaluate((undo) => undo())
}

type Dress = {
  fonts: { family: string; bytes: string }[]
  css: string
  stands: { source: string; flags: string; one: string }[]
}

async function dress({ fonts, css, stands }: Dress): Promise<() => void> {
  const load = async ({ family, bytes }: Dress['fonts'][number]) => {
    const font = new FontFace(
      family,
      Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)),
      {
        weight: '100 900',
      },
    )
    document.fonts.add(await font.load())
  }
  await Promise.all(fonts.map(load))
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)

  const undo: (() => void)[] = []
  const stand = <Name extends string>(thing: Record<Name, string>, name: Name) => {
    const before = thing[name]
    thing[name] = stands.reduce((text, { source, flags, one }) => text.replace(new RegExp(source, flags), one), before)
    undo.push(() => {
      thing[name] = before
    })
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, ({ parentElement }) =>
    parentElement?.closest('script, option') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  )
  while (texts.nextNode()) stand(texts.currentNode as Text, 'data')
  for (const input of document.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')) stand(input, 'value')
  for (const image of document.images) Object.assign(image, { loading: 'eager', decoding: 'sync' })
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
  return () => {
    for (const step of undo) step()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
  }
}
