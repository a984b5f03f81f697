const second = 1
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** What a password must be. Lengths in code points and bytes (NIST SP 800-63B-4 asks for at least 64 to be accepted). */
export const passwordPolicy = { minLength: 8, maxLength: 128, maxBytes: 512 } as const

type HashPolicy = { memoryCost: number; timeCost: number; parallelism: number }

/** Argon2id at the floor of OWASP's Password Storage Cheat Sheet: memory in KiB. */
export const hashPolicy: Readonly<HashPolicy> = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * What `hashPolicy` was before, for as long as hashes made by it are kept: until their owners have signed in again. Each
 * makes every verification dearer by one hash of its own, lest an old account be known by its shorter time.
 */
export const formerHashPolicies: readonly HashPolicy[] = []

/** How many hashes may wait for a core, and for how long (milliseconds), before the caller is told to come back. */
export const hashQueuePolicy = { maxWaiting: 20, maxWaitMs: 2_000 } as const

/** Lifetimes in seconds, counted by the database's clock. */
export const tokenPolicy = {
  passwordReset: { lifetimeSeconds: 30 * minute, maxIdentityAttempts: 5 },
  verification: { lifetimeSeconds: day },
  addressChange: { lifetimeSeconds: day },
  notMe: { lifetimeSeconds: 72 * hour },
  /** A link with less life than this is not worth mailing. */
  minMailedLifetimeSeconds: 10 * minute,
} as const

export const sessionPolicy = { idleSeconds: day, absoluteSeconds: 30 * day, touchSeconds: 5 * minute } as const

/** For how long after asking for it to be closed an account can still be kept, in seconds. */
export const closingGraceSeconds = 7 * day

/** How long a browser's mark of an earlier sign-in is kept, in seconds. */
export const deviceMarkSeconds = 365 * day

/** Fixed windows: at most `max` in `seconds`. Figures from security.md §4.4. */
export const limits = {
  logInPerDevice: [{ max: 10, seconds: 15 * minute }],
  logInPerAddress: [
    { max: 20, seconds: 5 * minute },
    { max: 100, seconds: hour },
  ],
  resetRequestPerAddress: [
    { max: 5, seconds: 15 * minute },
    { max: 20, seconds: day },
  ],
  resetRedeemPerAddress: [{ max: 10, seconds: 15 * minute }],
  signUpPerAddress: [{ max: 5, seconds: hour }],
  currentPasswordPerAccount: [{ max: 10, seconds: 15 * minute }],
  changeEmailPerAccount: [
    { max: 5, seconds: hour },
    { max: 10, seconds: day },
  ],
  newEmailPerAddress: [{ max: 10, seconds: 15 * minute }],
  notMePerAddress: [{ max: 10, seconds: 15 * minute }],
  changeUsernamePerAccount: [
    { max: 10, seconds: hour },
    { max: 20, seconds: day },
  ],
  resetMailPerAccount: [
    { max: 1, seconds: minute },
    { max: 3, seconds: hour },
    { max: 5, seconds: day },
  ],
  mismatchMailPerAccount: [
    { max: 1, seconds: minute },
    { max: 3, seconds: day },
  ],
  signUpMailPerEmail: [{ max: 3, seconds: day }],
  verificationMailPerAccount: [
    { max: 1, seconds: minute },
    { max: 5, seconds: day },
  ],
} as const

/** Failed sign-ins of one identifier: the first ones are free, then the wait doubles from one second up to the cap. */
export const logInBackoff = { freeFailures: 5, maxWaitSeconds: 15 * minute, maxFailuresPerDay: 25 } as const

/** Failed sign-ins of an hour that are an alarm: this many at least, and more than so many times those of a usual hour. */
export const logInAlarm = { leastFailures: 100, timesUsual: 5 } as const

export const mailPolicy = {
  /** How long after the answer to a submission its mail is taken up, at random between the two. */
  kickAfterMs: { least: 100, most: 600 },
  leaseSeconds: minute,
  backoffSeconds: [2, 8, 30, 60, 120, 300, 300],
  maxAttempts: 8,
  sendTimeoutMs: 8_000,
  batchSize: 5,
  /** How much of what the provider's plan allows is used, in a second and in a day. */
  shareOfPlan: 0.8,
  /** How long a worker waits for its turn to send; a batch of such waits and of sends must fit into a lease. */
  turnPatienceMs: 2_000,
} as const

/** How long things are kept, in seconds; swept every minute (CNIL 2021-122 asks for six to twelve months of audit). */
export const retention = {
  undecidedClaimSeconds: hour,
  deadTokenSeconds: day,
  finishedMailSeconds: 30 * day,
  unverifiedAccountSeconds: 7 * day,
  eventSeconds: 365 * day,
  webhookReceiptSeconds: 7 * day,
} as const
