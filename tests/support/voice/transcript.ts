import type { Locale } from '@/lib/i18n/locales'
import { say } from '@/tests/support/words'

/** What Firefox and Orca say of themselves while something loads, in the three languages; and at no certain moment. */
const ofPrograms = /Mozilla Firefox|^(?:Chargement|Loading|Finished loading|جار)/

/** What Orca says of the ways between parts of a page, sooner or later or not at all when a page takes another's place. */
const ofWays =
  /^(?:La page possède|Page has|bannière|banner|contenu principal|main content|navigation|information|content information|Langues|Languages|Mode |Browse mode|Focus mode|sortie d|leaving |lien$|link$|cliquable|clickable)|document web\.$/

/** What is another each time: moments, days, references of mails. */
const fleeting: [RegExp, string][] = [
  [/\d{1,2}:\d{2}(?:\s?[AP]M)?/gi, '(time)'],
  [/\d{1,2} \p{L}+ 20\d{2}|\p{L}+ \d{1,2}, 20\d{2}/gu, '(day)'],
  [/^[\da-f]{8}$/, '(reference)'],
]

/** Takes down what was heard after each step, so that a person can read it and two runs are the same. */
export function newTranscript(locale: Locale) {
  let text = ''
  return {
    /**
     * What comes in no certain order, because many things change at once, is sorted by the alphabet, each line once. Neither there
     * nor where a whole page is read is it told how Orca comes from one part to the next.
     */
    note(step: string, lines: string[], { sorted = false, isPage = false } = {}): void {
      const kept = lines
        .map((line) => fleeting.reduce((text, [pattern, word]) => text.replace(pattern, word), line.trim()))
        .filter((line) => line && !ofPrograms.test(line) && !line.startsWith(say(locale, 'kit.pending')))
      const texts = sorted || isPage ? kept.filter((line) => !ofWays.test(line)) : kept
      const said = sorted ? [...new Set(texts)].sort() : texts
      text += `\n## ${step}\n${said.map((line) => `   ${line}\n`).join('')}`
    },
    read: () => text.trimStart(),
  }
}
