const rows = [
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
]
const columns = ['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '1aqw', '2zsx']
const zigzags = ['a1z2e3r4t5y6u7i8o9p0', 'q1w2e3r4t5y6u7i8o9p0', 'a1b2c3d4e5f6g7h8i9j0']
const lines = [...rows, ...columns, ...zigzags]
const walkable = [...lines, ...lines.map((line) => [...line].reverse().join(''))].join(' ')

/** Whether text in lower case is nothing but stretches of three keys or more along a French, English or German keyboard, or of the alphabet. */
export function isKeyboardWalk(text: string): boolean {
  let from = 0
  while (from < text.length) {
    let to = from + 1
    while (to < text.length && walkable.includes(text.slice(from, to + 1))) to += 1
    if (to - from < 3) return false
    from = to
  }
  return text.length >= 6
}
