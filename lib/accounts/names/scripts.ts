/** The blocks of Unicode for Indic scripts, which have one layout: Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil … */
const indicBlocks = [0x0900, 0x0980, 0x0a00, 0x0a80, 0x0b00, 0x0b80, 0x0c00, 0x0c80, 0x0d00]
/** Where in its block each nasal stands, after the four consonants before which the anusvara may be written for it. */
const nasals = [0x19, 0x1e, 0x23, 0x28, 0x2e]

const indicRules = indicBlocks.flatMap((block) => {
  const at = (place: number) => String.fromCodePoint(block + place)
  const [candrabindu, anusvara, nukta, virama] = [at(0x01), at(0x02), at(0x3c), at(0x4d)]
  return [
    [new RegExp(`${candrabindu}`, 'g'), anusvara] as const,
    [new RegExp(nukta, 'g'), ''] as const,
    ...nasals.map((nasal) => {
      const row = `[${at(nasal - 4)}-${at(nasal - 1)}]`
      return [new RegExp(`${at(nasal)}${virama}(?=${row})`, 'g'), anusvara] as const
    }),
  ]
})

/** A Tamil vowel sign whose right half is a letter in looks, where no sign follows to make it one. */
const tamilAu = /(?<=[\u0b92\u0bc6])\u0bb3(?![\u0bbe-\u0bcd\u0bd7])/g

/** Without the nukta, and with the anusvara for every other way to write a nasal. */
export function foldIndic(text: string): string {
  if (!/[\u0900-\u0d7f]/.test(text)) return text
  return indicRules
    .reduce((folded, [pattern, written]) => folded.replace(pattern, written), text)
    .replace(tamilAu, '\u0bd7')
}

const thaiRules = [0x0e00, 0x0e80].flatMap((block) => {
  const at = (place: number) => String.fromCodePoint(block + place)
  const tones = `[${at(0x48)}-${at(0x4b)}]`
  return [
    [new RegExp(at(0x40).repeat(2), 'g'), at(0x41)] as const,
    [new RegExp(`(${tones}+)([${at(0x34)}-${at(0x37)}])`, 'g'), '$2$1'] as const,
    [new RegExp(`${at(0x4d)}(${tones}*)(${at(0x32)}?)(${tones}*)`, 'g'), `$1$3${at(0x4d)}$2`] as const,
  ]
})

/** Thai and Lao with what looks the same in one order: tones behind vowels above and before the am, `แ` as one letter. */
export function foldThai(text: string): string {
  return thaiRules.reduce((folded, [pattern, written]) => folded.replace(pattern, written), text)
}

const kanaByVowel = {
  あ: 'あかさたなはまやらわ',
  い: 'いきしちにひみり',
  う: 'うくすつぬふむゆる',
  え: 'えけせてねへめれ',
  お: 'おこそとのほもよろを',
}
const vowelOf = new Map(
  Object.entries(kanaByVowel).flatMap(([vowel, all]) => [...all].map((kana) => [kana, vowel] as const)),
)
/** What mostly lengthens these vowels. */
const lengthening = new Map([
  ['え', 'い'],
  ['お', 'う'],
])

/** The vowel that makes a kana long, as hiragana mostly writes it. */
export function lengthOf(kana: string): string | undefined {
  const vowel = vowelOf.get(kana.normalize('NFD').charAt(0))
  return vowel && (lengthening.get(vowel) ?? vowel)
}

/**
 * Japanese with what its marks stand for: a repeated character written again, a long vowel as hiragana mostly writes it.
 * Takes hiragana of full size, voicing marks apart.
 */
export function foldJapanese(text: string): string {
  let previous = ''
  return Array.from(text, (character) => {
    if (/[\u3099\u309a]/.test(character)) return character
    const vowel = vowelOf.get(previous)
    let written = character === '-' && !vowel ? '' : character
    if (character === 'ゝ' && /[ぁ-ゖ]/.test(previous)) written = previous
    if (/[々〻]/.test(character) && /(?![々〻])\p{Script=Han}/u.test(previous)) written = previous
    if (character === 'ー' && vowel) written = vowel
    if (written === vowel) written = lengthening.get(vowel) ?? vowel
    previous = written
    return written
  }).join('')
}
