import toOldKanji from 'opencc-js/dict/JPShinjitaiCharacters'
import toSimplified from 'opencc-js/dict/TSCharacters'
import tables from '@/lib/accounts/names/letters.json' with { type: 'json' }

const { readings, doubled, umlautU, spellings, digits, ethiopic, han, ...scripts } = tables
const pairs = (text: string) => new Map(text.split('|').map((pair) => pair.split(' ') as [string, string]))
const [oldKanji, simplified] = [pairs(toOldKanji), pairs(toSimplified)]
/** What is simplified already is not a Japanese form of something else. */
for (const done of simplified.values()) oldKanji.delete(done)
const simplify = (character: string) => simplified.get(character) ?? character
const hanPairs = [...oldKanji.keys(), ...simplified.keys()].map(
  // Twice, because some simplified characters are simplified again.
  (character) => [character, simplify(simplify(oldKanji.get(character) ?? character))] as const,
)
const digitPairs = Object.values(digits).flatMap((ten) => [...ten].map((digit, value) => [digit, `${value}`] as const))
const katakana = Array.from({ length: 0x56 }, (_, at) => {
  const hiragana = String.fromCodePoint(0x3041 + at)
  return [String.fromCodePoint(0x30a1 + at), scripts.kana[hiragana as keyof typeof scripts.kana] ?? hiragana] as const
})

/** Consonants of one sound, each with the seven vowels that follow it; with the fourth, two of them sound as with the first. */
const ethiopicPairs = Object.entries({ ...ethiopic, ሀ: 'ሀ', አ: 'አ' }).flatMap(([from, to]) =>
  Array.from({ length: 7 }, (_, vowel) => {
    const isFirst = vowel === 3 && /[ሀአ]/.test(to)
    const at = (consonant: string, place: number) => String.fromCodePoint((consonant.codePointAt(0) ?? 0) + place)
    return [at(from, vowel), at(to, isFirst ? 0 : vowel)] as const
  }),
)

const spelt = new Map([
  ...umlautU.split(' ').map((part) => [part, part.replace('ue', 'ü')] as const),
  ...Object.entries(spellings),
])
const anySpelt = new RegExp([...spelt.keys()].join('|'), 'g')

/** What each letter that is written in several ways counts as: lower case, without marks. */
const letters = new Map<string, string>([
  ...hanPairs,
  ...digitPairs,
  ...katakana,
  ...ethiopicPairs,
  ['ヽ', 'ゝ'],
  ...[han, ...Object.values(scripts)].flatMap((table) => Object.entries(table)),
])

/** Every letter as the one that it counts as. */
export function foldLetters(text: string): string {
  return Array.from(text, (letter) => letters.get(letter) ?? letter).join('')
}

/** Parts of names that are written in several ways, in the usual one: with `ü`, with an alef, with a vowel sign in its letter. */
export function foldSpellings(text: string): string {
  return text.replace(anySpelt, (part) => spelt.get(part) ?? part)
}
