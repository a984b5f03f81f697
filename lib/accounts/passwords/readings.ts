/** Code units in which every word with its usual additions has room, and those additions alone: they bound the work. */
const maxLength = 40
const maxAdded = 12
const usualDigits = /^(?:\d{0,5}|0?123456\d{0,4}|(\d)\1+|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d\d)$/
const usualSpecials = /^(?:.{0,2}|(.)\1+|!@#\$?%?\^?)$/su
const knownNumber = /^(?:(?:19|20)\d\d|0?123\d*)$/
const letterFor: Record<string, string> = Object.fromEntries(
  '0o 3e 4a 5s 7t 8b 9g @a $s !i +t €e (c'.split(' ').map((pair) => [...pair]),
)

/**
 * What a password, as `foldedText` writes it, may stand for: it without the usual additions (a short number, a year, a
 * day, up to two special characters) before and after, and with the usual substitutions undone. Nothing when it is too
 * long for one word.
 */
export function readings(text: string): string[] {
  if (text.length > maxLength || !/\p{L}/u.test(text)) return []
  const before = /^\P{L}*/u.exec(text)?.[0].length ?? 0
  const after = /\P{L}*$/u.exec(text)?.[0].length ?? 0
  const found = new Set<string>()
  for (let start = 0; start <= before; start += 1) {
    for (let end = text.length - after; end <= text.length; end += 1) {
      const added = text.slice(0, start) + text.slice(end)
      if (added.length > maxAdded) continue
      const digits = added.replace(/\D/g, '')
      if (!usualDigits.test(digits) || !usualSpecials.test(added.replace(/\d/g, ''))) continue
      for (const spelling of spellings(text.slice(start, end), knownNumber.test(digits) ? 3 : 4)) found.add(spelling)
    }
  }
  return [...found]
}

/** The text with digits and special characters read as the letters they look like: 1 as i, then as l. */
export function unsubstituted(text: string): string[] {
  return ['i', 'l'].map((one) => text.replace(/[^a-z]/g, (sign) => (sign === '1' ? one : (letterFor[sign] ?? sign))))
}

/** The text as it is, without the signs between its letters, and with look-alikes turned back into letters. Each reading needs a certain length. */
function spellings(core: string, minLength: number): string[] {
  const joined = core.replace(/(?<=[\p{L}\p{N}].*)[^\p{L}\p{N}](?=.*[\p{L}\p{N}])/gsu, '')
  const letters = core.replace(/\P{L}/gu, '').length
  return [
    ...(core.length >= minLength ? [core] : []),
    ...(joined.length >= 6 && joined.length * 4 >= core.length * 3 ? [joined] : []),
    ...(core.length >= 5 && letters * 2 >= core.length ? unsubstituted(core) : []),
  ]
}
