const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** At most `max` in a window of `seconds`. */
export type Window = { max: number; seconds: number }

/** What may be done how often, by one network, account or e-mail: fixed windows, named as they are counted. */
export const limits = {
  log_in: [
    { max: 20, seconds: 5 * minute },
    { max: 100, seconds: hour },
  ],
  sign_up: [{ max: 30, seconds: hour }],
  sign_up_mail: [{ max: 3, seconds: day }],
  unasked_mail: [{ max: 3, seconds: day }],
  verification: [{ max: 10, seconds: 15 * minute }],
  verification_request: [
    { max: 30, seconds: 15 * minute },
    { max: 200, seconds: day },
  ],
  verification_mail: [{ max: 1, seconds: minute }],
  first_mail: [{ max: 5, seconds: day }],
  reset_request: [
    { max: 30, seconds: 15 * minute },
    { max: 200, seconds: day },
  ],
  reset_mail: [
    { max: 1, seconds: minute },
    { max: 3, seconds: hour },
    { max: 5, seconds: day },
  ],
  reset_mail_late: [{ max: 1, seconds: hour }],
  mismatch_mail: [{ max: 1, seconds: minute }],
  reset_redeem: [{ max: 10, seconds: 15 * minute }],
  reset_password: [{ max: 10, seconds: 15 * minute }],
  new_email_mail: [{ max: 2, seconds: day }],
  change_password: [
    { max: 5, seconds: hour },
    { max: 10, seconds: day },
  ],
  close_account: [{ max: 10, seconds: day }],
  change_email: [
    { max: 5, seconds: hour },
    { max: 10, seconds: day },
  ],
  new_email: [{ max: 10, seconds: 15 * minute }],
  change_details: [
    { max: 5, seconds: hour },
    { max: 10, seconds: day },
  ],
  rehearsal: [
    { max: 5, seconds: hour },
    { max: 10, seconds: day },
  ],
  change_username: [
    { max: 10, seconds: hour },
    { max: 20, seconds: day },
  ],
  not_me: [{ max: 10, seconds: 15 * minute }],
  new_browser_mails: [{ max: 10, seconds: day }],
  log_in_blocked_mail: [{ max: 1, seconds: day }],
  export: [{ max: 5, seconds: hour }],
  mail_quota_alarm: [{ max: 1, seconds: day }],
  mail_trouble_alarm: [{ max: 3, seconds: hour }],
  log_in_alarm: [{ max: 1, seconds: hour }],
  client_address_alarm: [{ max: 1, seconds: day }],
} as const satisfies Record<string, readonly Window[]>

/**
 * What one network may do about one identifier or e-mail: some uses are free, then the wait doubles up to the cap. The windows
 * of the same name above count how many of these a network may do it about.
 */
export const perTarget = {
  /** Failures: whether a use is one is known later, and a right sign-in forgets them. */
  log_in: { free: 5, maxWaitSeconds: 15 * minute, max: 100, seconds: hour, isKnownLater: true },
  verification_request: { free: 5, maxWaitSeconds: 0, max: 5, seconds: 15 * minute, isKnownLater: false },
  reset_request: { free: 5, maxWaitSeconds: 0, max: 5, seconds: 15 * minute, isKnownLater: false },
} as const

/** How many times what one /64 may, it may together with all others of its /56 and of its /48. */
export const networkShares = [1, 2, 4] as const

/** Wrong passwords of one account, or of an identifier without one, in a day: some are free, then the wait doubles up to the cap. */
export const guesses = {
  /** From browsers that are unknown. */
  log_in: { freeFailures: 5, maxWaitSeconds: 15 * minute, maxFailuresPerDay: 25 },
  /** From browsers that signed in to the account since its password was made, all together. */
  log_in_known: { freeFailures: 10, maxWaitSeconds: 0, maxFailuresPerDay: 10 },
  /** By whoever is signed in. */
  current_password: { freeFailures: 10, maxWaitSeconds: 0, maxFailuresPerDay: 10 },
} as const

/** Wrong passwords in a row that end signing in from unknown browsers (NIST SP 800-63B-4 §3.2.2), and how long the last one is remembered. */
export const guessesInARow = { max: 100, accountSeconds: 50 * 365 * day, nobodySeconds: 7 * day } as const

/** An alarm: at least `leastFailures` failed sign-ins in an hour, and more than `timesUsual` times those of a usual hour. */
export const logInAlarm = { leastFailures: 100, timesUsual: 5 } as const
