import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const [light = '', dark = ''] = readFileSync('app/styles/theme.css', 'utf8').split('prefers-color-scheme: dark')
const schemes = { light: coloursIn(light), dark: { ...coloursIn(light), ...coloursIn(dark) } }

/** What tells a control, a state or the focus, and all that it is seen against. */
const seen = {
  edge: ['card', 'paper', 'tint', 'wrong-tint'],
  ink: ['card', 'paper', 'tint', 'wrong-tint'],
  soft: ['card', 'paper'],
  wrong: ['card', 'wrong-tint'],
  right: ['card'],
  'on-sun': ['sun', 'sun-deep'],
}

test('edges, marks and focus stand out from what is behind them, light and dark', () => {
  for (const [scheme, colours] of Object.entries(schemes))
    for (const [mark, grounds] of Object.entries(seen))
      for (const ground of grounds)
        expect(contrast(colours[mark], colours[ground]), `${mark} on ${ground}, ${scheme}`).toBeGreaterThanOrEqual(3)
})

function coloursIn(css: string): Record<string, string> {
  return Object.fromEntries([...css.matchAll(/--color-([\w-]+): (#[\da-f]{6});/g)].map(([, name, hex]) => [name, hex]))
}

function contrast(one = '', other = ''): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** As WCAG defines it, from 0 for black to 1 for white. */
function luminance(hex: string): number {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
