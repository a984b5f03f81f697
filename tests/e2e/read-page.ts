export type ReadPage = { status: number; language: string; title: string; says: string; html: string }

const entities: Record<string, string> = { '&quot;': '"', '&#x27;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** What somebody without scripts reads on a page, and in what language it says that it is. */
export async function readPage(answer: Response): Promise<ReadPage> {
  const html = await answer.text()
  const part = (pattern: RegExp) => pattern.exec(html)?.[1] ?? ''
  const plain = (markup: string) =>
    markup.replace(/<!--.*?-->|<[^>]+>/gs, '').replace(/&(?:quot|#x27|lt|gt|amp);/g, (name) => entities[name] ?? name)
  return {
    status: answer.status,
    language: part(/<html[^>]* lang="(\w+)"/),
    title: plain(part(/<title>(.*?)<\/title>/s)),
    says: plain(part(/<main[^>]*>(.*?)<\/main>/s)),
    html,
  }
}
