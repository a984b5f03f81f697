/** What the verdicts of docs/accessibility.md come to, criterion by criterion of RGAA 4.1, and when they were given. */
export const audit = { conform: 57, notApplicable: 49, notConform: 0, on: new Date('2026-11-29') }
