import type { Build } from '@/tests/timing/builds'
import type { Standing } from '@/tests/timing/people'
import type { Mood } from '@/tests/timing/provider'

/** Somebody a request is about. */
export type Case = {
  name: string
  standing: Standing
  /** One of the five fields is not the account's. */
  mistaken?: boolean
  /** Milliseconds that its requests are held back by, to see whether that is noticed. */
  heldBack?: number
  /** The budget of guesses at the password is used up. */
  locked?: boolean
}

/** The cases are measured in turns, and each is compared with the first. */
export type Scenario = {
  title: string
  page: 'forgot-password' | 'signup' | 'signup/resend' | 'login' | 'account/change-email'
  cases: [Case, ...Case[]]
  /** Requests of each case. */
  count: number
  provider?: Mood
  /** So many requests at once about somebody of the case, after which those of whoever sent them are timed; `count` is of bursts. */
  burst?: number
  crowd?: boolean
  build?: Build
  /** An application waits for whoever signs in. */
  forApp?: boolean
  /** Proves the test: the cases are made to differ, and must be told apart by more than this AUC. */
  leastSeen?: number
}

const unknown: Case = { name: 'unknown', standing: 'unknown' }
const matching: Case = { name: 'all five fields match', standing: 'confirmed' }
const wrong: Case = { name: 'wrong password', standing: 'confirmed' }
const pending: Case = { name: 'pending', standing: 'pending' }
const fresh: Case = { name: 'new address', standing: 'unknown' }
const known: Case = { name: 'known address', standing: 'confirmed' }
const locked: Case = { name: 'locked', standing: 'confirmed', locked: true }

const ofReset: Pick<Scenario, 'page' | 'cases'> = { page: 'forgot-password', cases: [matching, unknown] }
const ofSignUp: Pick<Scenario, 'page' | 'cases'> = { page: 'signup', cases: [known, fresh] }

export const scenarios: Scenario[] = [
  {
    title: 'sign-in, decoys taken out',
    page: 'login',
    cases: [unknown, wrong],
    count: 300,
    build: 'without decoys',
    leastSeen: 0.9,
  },
  {
    title: 'sign-in, locked unlooked at',
    page: 'login',
    cases: [wrong, locked],
    count: 300,
    build: 'without a hash for the locked',
    leastSeen: 0.9,
  },
  {
    title: 'reset, 2 ms planted',
    page: 'forgot-password',
    cases: [unknown, { name: 'held back', standing: 'unknown', heldBack: 2 }],
    count: 600,
    leastSeen: 0.53,
  },
  {
    title: 'reset',
    page: 'forgot-password',
    cases: [matching, unknown, { name: 'one field differs', standing: 'confirmed', mistaken: true }, pending],
    count: 3_000,
  },
  {
    title: 'reset, after a hundred at once',
    page: 'forgot-password',
    cases: [unknown, matching, { name: 'one field differs', standing: 'confirmed', mistaken: true }],
    count: 60,
    burst: 100,
  },
  // The longest of those that share the cores begin, so that both end together.
  {
    title: 'sign-in',
    page: 'login',
    cases: [
      wrong,
      unknown,
      pending,
      { name: 'malformed hash', standing: 'malformed hash' },
      locked,
      { name: 'locked, unknown', standing: 'unknown', locked: true },
    ],
    count: 1_500,
  },
  { title: 'sign-in, an application waits', page: 'login', cases: [wrong, unknown], count: 1_500, forApp: true },
  // The cases are those of the new e-mail.
  {
    title: 'change of address',
    page: 'account/change-email',
    cases: [known, fresh, pending],
    count: 1_500,
  },
  { title: 'sign-up', page: 'signup', cases: [known, fresh, pending], count: 1_500 },
  { title: 'confirmation again', page: 'signup/resend', cases: [pending, unknown, known], count: 1_500 },
  { title: 'reset, mails take 3 s', ...ofReset, count: 1_500, provider: 'slow' },
  { title: 'reset, mails are answered 500', ...ofReset, count: 1_500, provider: 'failing' },
  { title: 'reset, no provider', ...ofReset, count: 1_500, provider: 'down' },
  { title: 'reset, 20 others', ...ofReset, count: 1_500, crowd: true },
  // One and the same worker: each trouble by itself is seen with resets.
  { title: 'sign-up, mails in every trouble', ...ofSignUp, count: 1_500, provider: 'by turns' },
  {
    title: 'sign-in, former policy',
    page: 'login',
    cases: [{ name: 'former hash', standing: 'former hash' }, unknown],
    count: 1_500,
    build: 'with a former policy',
  },
]

/** What each change is measured by, in five minutes: the controls, and each form by itself, less often. A few bursts would show nothing. */
export const shortScenarios = scenarios
  .filter(
    ({ leastSeen, provider, crowd, build, burst, forApp }) =>
      leastSeen !== undefined || !(provider || crowd || build || burst || forApp),
  )
  .map((scenario) => (scenario.leastSeen === undefined ? { ...scenario, count: 400 } : scenario))

/** Whether nothing hides the time of a request: neither the hash of a password, nor others, nor a provider's trouble. */
export function isDelicate({ page, crowd = false, provider, leastSeen }: Scenario): boolean {
  return (
    leastSeen !== undefined || (['forgot-password', 'signup/resend'].includes(page) && !crowd && provider === undefined)
  )
}
