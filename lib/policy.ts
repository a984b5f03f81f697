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
 * Earlier values of `hashPolicy`, kept until everybody with such a hash has signed in again. Each adds one hash to every
 * check: if old accounts were checked faster, their time would tell that they exist.
 */
export const formerHashPolicies: readonly HashPolicy[] = []

/** How many hashes may wait for a core, and for how long (milliseconds), before the caller is told to come back. */
export const hashQueuePolicy = { maxWaiting: 20, maxWaitMs: 2_000 } as const

/** Lifetimes in seconds, counted by the database's clock. */
export const tokenPolicy = {
  passwordReset: { lifetimeSeconds: 30 * minute },
  verification: { lifetimeSeconds: day },
  emailChange: { lifetimeSeconds: day },
  notMe: { lifetimeSeconds: 72 * hour },
  /** Wrong answers to what the page of a link asks for, the last of which ends the link. */
  maxAttempts: 5,
  /** Asked for again, a link lives so many lifetimes in all. */
  maxLifetimes: 5,
  /** A link with less life than this is not worth mailing. */
  minMailedLifetimeSeconds: 10 * minute,
} as const

export const sessionPolicy = { idleSeconds: day, absoluteSeconds: 30 * day, touchSeconds: 5 * minute } as const

/** What applications get and are told, in seconds. */
export const appPolicy = {
  codeSeconds: minute,
  /** Whoever redeems a code once more within so long is refused; later, what the code gave is taken away as well. */
  codeRaceSeconds: 5,
  accessTokenSeconds: 10 * minute,
  idTokenSeconds: 10 * minute,
  /** For how long a browser remembers which application it came from. */
  cameFromSeconds: hour,
  keys: { rotateSeconds: 90 * day, publishedAheadSeconds: day, keptSeconds: 31 * day },
  notices: {
    leaseSeconds: 30,
    timeoutMs: 5_000,
    batchSize: 20,
    roundMs: 5_000,
    /** An application may have stored its session just after it was told: it is told again. */
    againSeconds: minute,
    againTries: 6,
    backoffSeconds: [2, 5, 15, minute, 5 * minute],
    givenUpSeconds: 3 * day,
    unheardSeconds: day,
  },
} as const

/** How many sign-ups wait for one e-mail to be proved, and how many of them from one network. */
export const signUpPolicy = { maxPendingOfEmail: 20, maxPendingOfNetwork: 2 } as const

/** For how long after asking for it to be closed an account can still be kept, in seconds. */
export const closingGraceSeconds = 7 * day

/** For how long nobody gets into an account whose change of e-mail is disputed, in seconds. */
export const disputeSeconds = 72 * hour

/** How long a browser's marks of earlier sign-ins are kept, how many, and for how long the one of who made a password makes a first sign-in no news, in seconds. */
export const markPolicy = { keptSeconds: 365 * day, maxOfBrowser: 5, madeSeconds: 10 * minute } as const

export const mailPolicy = {
  /** The mail of a submission is taken up so long after the answer: a random time between `least` and `most`. */
  kickAfterMs: { least: 100, most: 2_000 },
  /** How long a function tries at most to hand the kick over, whether or not there is a mail. */
  kickCallMs: 1_000,
  leaseSeconds: minute,
  /** The waits between attempts, the last of which is repeated. */
  backoffSeconds: [2, 8, 30, 60, 120, 300],
  /** A mail that was made anew so often, though it may have been taken each time, is tried less often. */
  oftenMadeAnew: { editions: 5, waitSeconds: hour },
  /** A mail that was decided so long after it was asked for has its link renewed: that of a notice is made with the change. */
  lateSeconds: hour,
  /** A provider that does not answer as it should is in trouble after so many attempts in a row. */
  faultsToTrouble: 3,
  /** How long a mail is of use after it was asked for. A weekend passes before a dead key is noticed. */
  usefulSeconds: { asked: 3 * day, notice: 7 * day },
  /** How long a mail that cannot be read waits for a release that can. */
  malformedWaitSeconds: 5 * minute,
  sendTimeoutMs: 8_000,
  batchSize: 5,
  /** How much of what the provider's plan allows is used, in a second and in a day. */
  shareOfPlan: 0.8,
  /** How much of what is used of a day is kept for resets and notices. */
  shareForFirst: 0.2,
  /** A mail's place in its class is so much later than the last one that its network or recipient has waiting. */
  placeSeconds: hour,
  /** How long one sweep lasts at most, but for the mail it is at. */
  sweepMs: 20_000,
  /** How long a worker waits for its turn to send, longest for what comes first; a batch of such waits and of sends must fit into a lease. */
  turnPatienceMs: { 1: 2_000, 2: 1_000, 3: 1_000 },
} as const

/** What a lane of the gate takes: how many at once, how long somebody waits in line and how many do at most, and how long one usually takes, until that is known. In milliseconds. */
export type GatePolicy = { atOnce: number; patienceMs: number; maxWaiting: number; usualMs: number }

/** Submissions wait for a core longer than for anything else; pages must not wait for them, nor applications for either. */
export const gatePolicy = {
  submissions: { atOnce: 8, patienceMs: 2_500, maxWaiting: 400, usualMs: 120 },
  pages: { atOnce: 4, patienceMs: 2_500, maxWaiting: 400, usualMs: 40 },
  applications: { atOnce: 4, patienceMs: 2_500, maxWaiting: 400, usualMs: 20 },
} as const satisfies Record<string, GatePolicy>

export const gateFairness = {
  /** How many of one network wait in a lane, once half of its room is used. */
  maxWaitingOfNetwork: 8,
  /** How many requests one connection may have sent ahead of the answer to the one before: a browser sends none. */
  maxAhead: 8,
  /** In how many pieces the body of a form may come: each is kept by itself until it is whole. */
  maxPieces: 256,
  /** After so many milliseconds one that is still worked at, or not taken, gives up its place. */
  maxHeldMs: 10_000,
  /** When to come back: a random number, so that those who were refused do not come together again. */
  retryAfterSeconds: { least: 5, most: 10 },
} as const

/** How many rows one statement of an export reads. */
export const exportPolicy = { pageSize: 500 } as const

/** How long things are kept, in seconds; swept every minute (CNIL 2021-122 asks for six to twelve months of audit). */
export const retention = {
  undecidedClaimSeconds: 3 * day,
  deadTokenSeconds: day,
  finishedMailSeconds: 30 * day,
  pendingSignUpSeconds: 7 * day,
  eventSeconds: 365 * day,
  webhookReceiptSeconds: 7 * day,
} as const

/** How soon somebody may have a mail sent once more by a press, and for how long what it was asked for with is kept in their browser. */
export const resendPolicy = { waitSeconds: minute, keptSeconds: 10 * minute } as const
