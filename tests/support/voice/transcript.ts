import type { Locale } from '@/lib/i18n/locales'
import { say } from '@/tests/support/words'

/** What Firefox and Orca say of themselves while something loads, in the three languages; and at no certain moment. */
const ofPrograms = /Mozilla Firefox|^(?:Chargement|Loading|Finished loading|جار)/

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
    /** What comes in no certain order, because many things change at once, is sorted by the alphabet. */
    note(step: string, lines: string[], { sorted = false } = {}): void {
      const kept = lines
        .map((line) => fleeting.reduce((text, [pattern, word]) => text.replace(pattern, word), line.trim()))
        .filter((line) => line && !ofPrograms.test(line) && !line.startsWith(say(locale, 'kit.pending')))
      if (sorted) kept.sort()
      text += `\n## ${step}\n${kept.map((line) => `   ${line}\n`).join('')}`
    },
    read: () => text.trimStart(),
  }
}
