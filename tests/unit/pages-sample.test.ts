import { expect, test } from 'vitest'
import { sampleOf } from '@/tests/support/sample'

const languages = ['fr', 'en', 'ar']
const looks = ['narrow', 'wide'].flatMap((width) => ['light', 'dark', 'forced'].map((colour) => `${width}, ${colour}`))
const turns = [...Array(60).keys()]

test('the sample of pages leaves no state without a language and a look, and each is met equally often', () => {
  for (const values of [languages, looks]) {
    const met = turns.map((turn) => sampleOf(values, turn, true))
    for (const chosen of met) expect(chosen).toHaveLength(1)
    const counts = values.map((value) => met.filter(([one]) => one === value).length)
    expect(counts).toEqual(values.map(() => turns.length / values.length))
  }
})

test('the sample of pages is the same each time, and without it every state is looked at in all ways', () => {
  for (const turn of turns) {
    expect(sampleOf(looks, turn, true)).toEqual(sampleOf(looks, turn, true))
    expect(sampleOf(looks, turn, false)).toEqual(looks)
  }
})
