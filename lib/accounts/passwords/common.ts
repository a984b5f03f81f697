import { commonWords } from '@/lib/accounts/passwords/common-words'
import { foldedText } from '@/lib/accounts/passwords/folded-text'
import { isKeyboardWalk } from '@/lib/accounts/passwords/keyboard-walks'
import { readings } from '@/lib/accounts/passwords/readings'
import { passwordPolicy } from '@/lib/policy'

const minDistinctCharacters = 5
const maxSyllableLength = 4

/**
 * Whether a password is among the first that a stranger would try: a leaked password, one word, one name or a keyboard
 * walk, with the capitals, substitutions, numbers and signs that people usually add; or too little, repeated. The first
 * call reads the words; later ones take well under a millisecond, whatever the password.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const whole = foldedText(password)
  const text = repeatedPart(whole)
  if (new Set(text).size < minDistinctCharacters) return true
  if (text !== whole && text.length < passwordPolicy.minLength) return true
  const words = await commonWords()
  return readings(text).some((reading) => {
    const part = repeatedPart(reading)
    return words.has(reading) || words.has(part) || isSyllable(part, reading) || isKeyboardWalk(reading)
  })
}

function isSyllable(part: string, reading: string): boolean {
  return part !== reading && part.length <= maxSyllableLength
}

/** `azerty` of `azertyazerty`; a text that repeats nothing is its own part. */
function repeatedPart(text: string): string {
  return /^(.+?)\1*$/su.exec(text)?.[1] ?? text
}
