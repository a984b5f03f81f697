import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, type Page, type TestInfo } from '@playwright/test'
import { compare } from '@/tests/support/pictures/compare'
import { looks, type PageLook, putOn, take, third, whole } from '@/tests/support/pictures/looks'
import { makeSteady } from '@/tests/support/pictures/steady'

/** Compares pages with their approved pictures, or takes these again, and lays out all it took for people to look at. */
export async function openAlbum(page: Page, info: TestInfo, title: string) {
  const isRemade = info.config.updateSnapshots === 'all'
  const approvedIn = `tests/pictures/approved/${slug(title)}`
  const shownIn = `${info.project.outputDir}/pages/${slug(title)}`
  for (const folder of [approvedIn, shownIn]) mkdirSync(folder, { recursive: true })
  const devtools = await page.context().newCDPSession(page)
  const blank = await page.context().newPage()
  const names = new Set<string>()
  const rows: string[] = []

  return {
    /** Takes the page as it stands. */
    async add(name: string, chosen: readonly PageLook[] = looks): Promise<void> {
      const undo = await makeSteady(page)
      const images: string[] = []
      for (const look of chosen) {
        await putOn(page, look)
        const file = `${slug(name)}-${look.width}-${look.scheme}.webp`
        const taken = await take(devtools, third)
        await judge(`${title}: ${name}, ${look.width} px, ${look.scheme}`, file, taken)
        writeFileSync(`${shownIn}/${file}`, isRemade ? await take(devtools, whole) : taken)
        images.push(`<a href="${slug(title)}/${file}"><img src="${slug(title)}/${file}" width="${look.width / 3}"></a>`)
      }
      await undo()
      names.add(slug(name))
      rows.push(`<h2>${name}</h2>${images.join(' ')}`)
    },

    async close(): Promise<void> {
      writeFileSync(`${shownIn}.html`, `<meta charset="utf-8"><title>${title}</title>${rows.join('\n')}`)
      await blank.close()
      const left = readdirSync(approvedIn).filter((file) => !names.has(file.replace(/-\d+-\w+\.webp$/, '')))
      if (isRemade) for (const file of left) rmSync(`${approvedIn}/${file}`)
      else expect.soft(left, `${title}: approved pictures of what is no more`).toEqual([])
    },
  }

  async function judge(what: string, file: string, taken: Buffer): Promise<void> {
    const path = `${approvedIn}/${file}`
    const approved = existsSync(path) ? readFileSync(path) : null
    if (approved?.equals(taken)) return
    const { faults, difference } = approved
      ? await compare(blank, approved, taken)
      : { faults: ['no approved picture'], difference: null }
    if (faults.length === 0) return
    if (isRemade) return writeFileSync(path, taken)
    const kept = { approved, taken, difference }
    for (const [kind, bytes] of Object.entries(kept))
      if (bytes)
        writeFileSync(info.outputPath(`${kind}-${file.replace('webp', kind === 'difference' ? 'png' : 'webp')}`), bytes)
    expect
      .soft(faults, `${what}: look at ${info.outputPath()}, and run npm run pages:pictures if it is right`)
      .toEqual([])
  }
}

function slug(text: string): string {
  return text.replace(/[^\p{L}\d]+/gu, '-')
}
