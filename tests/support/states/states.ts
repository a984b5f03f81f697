import { expect } from '@playwright/test'
import { statesOfCrashes, statesOfFailures } from '@/tests/support/states/of-failures'
import { statesOfLinks } from '@/tests/support/states/of-links'
import { statesOfMembers } from '@/tests/support/states/of-members'
import { statesOfVisitors } from '@/tests/support/states/of-visitors'

/** Every page in every state that the server draws, by whom or what brings one there. */
export const servedStates = {
  'of a visitor': statesOfVisitors,
  'of a link': statesOfLinks,
  'of a member': statesOfMembers,
  'of a failure': statesOfFailures,
}

/** Those, and the page that scripts draw after a crash. */
export const everyState = { ...servedStates, 'of a crash': statesOfCrashes }

/** What browsers and React print about such pages. */
const ofFailures = /status of (404|500)|^Error: An error occurred in the Server|^Minified React error #441/

export function expectOnlyFailures(complaints: string[]): void {
  expect(complaints.splice(0).filter((one) => !ofFailures.test(one.replace(/^Error: (?=Minified)/, '')))).toEqual([])
}
