/** Where a text stops being JSON, without a word of it; what the engine says of that quotes it, and does not always say where. */
export function jsonFault(text: string): string {
  const before = text.slice(0, lengthOfJson(text))
  if (before.length === text.length) return 'it ends too early'
  const lines = before.split('\n')
  const character = (lines.at(-1)?.length ?? 0) + 1
  return `character ${character}${text.includes('\n') ? ` of line ${lines.length}` : ''} is out of place`
}

const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/uy
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** How much of a text could be the beginning of JSON. */
function lengthOfJson(text: string): number {
  let at = 0
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at
    const isThere = pattern.test(text)
    if (isThere) at = pattern.lastIndex
    return isThere
  }
  const take = (pattern: RegExp) => {
    const isThere = skip(pattern)
    skip(/[ \t\r\n]*/y)
    return isThere
  }
  const list = (item: () => boolean, end: RegExp): boolean => {
    if (take(end)) return true
    do if (!item()) return false
    while (take(/,/y))
    return take(end)
  }
  const member = () => take(string) && take(/:/y) && value()
  const value = (): boolean => {
    if (take(/\{/y)) return list(member, /\}/y)
    if (take(/\[/y)) return list(value, /\]/y)
    return take(string) || take(plain)
  }
  take(/(?:)/y)
  value()
  return at
}
