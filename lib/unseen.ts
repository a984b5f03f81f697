import tables from '@/lib/unseen.json' with { type: 'json' }

const nothing = Object.values(tables.nothing).join('')
const space = Object.values(tables.space).join('')
// From the first to the last that is seen: a search for unseen ones before the end would be quadratic in each run of them.
const seen = new RegExp(`[^${nothing}${space}](?:[^]*[^${nothing}${space}])?`, 'u')
const spaces = new RegExp(`[${space}]+`, 'gu')
const unseen = new RegExp(`[${nothing}]`, 'gu')

/** A text without what nobody sees at its ends: spaces, and characters that show nothing. Runs anywhere. */
export function trimUnseen(text: string): string {
  return seen.exec(text)?.[0] ?? ''
}

/** A text without the characters that show nothing, wherever they are. Spaces stay, but for tabs and line ends. */
export function withoutUnseen(text: string): string {
  return text.replace(unseen, '')
}

/** A text with one plain space for every run of spaces, tabs and line ends. */
export function withPlainSpaces(text: string): string {
  return text.replace(spaces, ' ')
}
