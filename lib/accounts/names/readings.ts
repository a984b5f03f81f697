import tables from '@/lib/accounts/names/letters.json' with { type: 'json' }
import { lengthOf } from '@/lib/accounts/names/scripts'

/** A place in a name: the two letters of which one stands there, mostly the same, and whether none may as well. */
type Place = { letter: string; or: string; isOptional: number }

function place(text: string): Place {
  const [letter = '', or = letter] = text.replace('?', '')
  return { letter, or, isOptional: Number(text.endsWith('?')) }
}

const readings = new Map(Object.entries(tables.readings).map(([letter, all]) => [letter, all.split(' ').map(place)]))
const doubled = new Map(Object.entries(tables.doubled))

/**
 * Whether two names in canonical form can be read alike, when each letter that has several readings is read in any of them,
 * each for itself. The work depends on their lengths alone.
 */
export function canBeReadAlike(one: string, other: string): boolean {
  // Both begin with the same place, so that there is one to go on from.
  const [rows, columns] = [placesOf(` ${one}`), placesOf(` ${other}`)]
  // How far the two agree: for each place of the one, up to which places of the other.
  let above = [1]
  for (const row of rows) {
    const cells = [0]
    for (const [at, column] of columns.entries()) {
      const [both = 0, without = 0, withoutOther = 0] = [above[at], above[at + 1], cells[at]]
      cells.push((both & share(row, column)) | (without & row.isOptional) | (withoutOther & column.isOptional))
    }
    above = cells
  }
  return above.at(-1) === 1
}

function share(one: Place, other: Place): number {
  const { letter, or } = other
  return Number(one.letter === letter) | Number(one.letter === or) | Number(one.or === letter) | Number(one.or === or)
}

function placesOf(name: string): Place[] {
  const letters = [...name]
  return letters.flatMap((letter, at) => {
    const [before, behind] = [letters[at - 1] ?? '', letters[at + 1] ?? '']
    return readings.get(letter) ?? [place(readBetween(before, letter, behind))]
  })
}

/** A letter that is read in several ways between some others. */
function readBetween(before: string, letter: string, behind: string): string {
  if (before && doubled.get(letter)?.includes(before)) return `${letter}?`
  // The Dutch letter; before a vowel it is mostly not Dutch.
  if (letter === 'ĳ' && !/[aeiouyäöü]/.test(behind)) return 'ĳy'
  // The small katakana in names of places.
  if (letter === 'け' && /\p{Script=Han}/u.test(before) && /\p{Script=Han}/u.test(behind)) return 'けが'
  // Typed for the sign of a long vowel, or a hyphen.
  if (letter === '-' && lengthOf(before)) return `${lengthOf(before)}?`
  return letter
}
