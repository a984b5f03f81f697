import { test } from '@playwright/test'

/** Counts for each page how often a checker looked and what it found. The sums become annotations of the test. */
export function tally(checker: string) {
  const pages = new Map<string, { states: Set<string>; looks: number; found: number }>()
  return (page: string, state: string, found: unknown[]) => {
    const counted = pages.get(page) ?? { states: new Set(), looks: 0, found: 0 }
    pages.set(page, counted)
    counted.states.add(state)
    counted.looks += 1
    counted.found += found.length
    const { annotations } = test.info()
    const sums = `${counted.states.size} states, ${counted.looks} looks, ${counted.found} found`
    const type = `${checker}: ${page}`
    const known = annotations.find((one) => one.type === type)
    if (known) known.description = sums
    else annotations.push({ type, description: sums })
  }
}
