import { foldedText } from '@/lib/accounts/passwords/folded-text'

/** How far down an English list, ordered by frequency, a word still counts: further down come rare family names. */
const englishReach = 20_000

let reading: Promise<ReadonlySet<string>> | undefined

/**
 * What passwords are made of, as `foldedText` writes it: leaked passwords of all countries, French and English words
 * and names. The first call reads them, in about 0.2 s and 20 MB; they are kept.
 */
export function commonWords(): Promise<ReadonlySet<string>> {
  reading ??= readWords()
  return reading
}

async function readWords(): Promise<ReadonlySet<string>> {
  const [common, french, english] = await Promise.all([
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-fr'),
    import('@zxcvbn-ts/language-en'),
  ])
  const lists: string[][] = [
    ...Object.values(common.dictionary),
    ...Object.values(french.dictionary),
    ...Object.values(english.dictionary).map((list) => list.slice(0, englishReach)),
  ]
  return new Set(lists.flatMap((list) => list.map(fold)))
}

function fold(word: string): string {
  return /^[a-z0-9]*$/.test(word) ? word : foldedText(word)
}
