/** The contrast of two colours, each written as `#rrggbb` or `rgb(…)`, as WCAG defines it: from 1 to 21. */
export function contrast(one = '', other = ''): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** From 0 for black to 1 for white. */
function luminance(colour: string): number {
  const hex = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const parts = colour.startsWith('#') ? hex : (colour.match(/[\d.]+/g) ?? []).map(Number)
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = parts.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
