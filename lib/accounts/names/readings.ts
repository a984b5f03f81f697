import tables from '@/lib/accounts/names/letters.json' with { type: 'json' }

/** A place in a name: the letters of which one stands there, and whether none may as well. */
type Place = { letters: string[]; isOptional: number }

const place = (text: string): Place => ({ letters: [...text.replace('?', '')], isOptional: Number(text.endsWith('?')) })
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
  return Number(one.letters.some((letter) => other.letters.includes(letter)))
}

function placesOf(name: string): Place[] {
  const letters = [...name]
  return letters.flatMap((letter, at) => {
    const isDoubled = doubled.get(letter)?.includes(letters[at - 1] ?? ' ')
    return readings.get(letter) ?? [place(isDoubled ? `${letter}?` : letter)]
  })
}
