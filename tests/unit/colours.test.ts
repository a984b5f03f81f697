import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrast } from '@/tests/support/checks/contrast'

const [light = '', dark = ''] = readFileSync('app/globals.css', 'utf8').split('prefers-color-scheme: dark')
const schemes = { light: coloursIn(light), dark: { ...coloursIn(light), ...coloursIn(dark) } }

/** What tells a control, a state or the focus, and all that it is seen against. */
const seen = {
  edge: ['card', 'paper', 'tint', 'wrong-tint'],
  ink: ['card', 'paper', 'tint', 'wrong-tint'],
  soft: ['card', 'paper'],
  wrong: ['card', 'wrong-tint'],
  good: ['card'],
  'on-night': ['night'],
  sun: ['night'],
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
