/** The steps of the guide in order, each named as the texts of the page that it is about. */
export const helpSteps = ['login', 'forgot', 'forgotSent', 'reset', 'resetDone'] as const

export type HelpStep = (typeof helpSteps)[number]

const identity = ['email', 'firstName', 'lastName', 'country', 'organizationType'] as const

/** The fields that have a letter in the picture of a step, from A on; what there is to press has the next one. */
export const calloutsOf = {
  login: [],
  forgot: identity,
  forgotSent: [],
  reset: [...identity, 'newPassword'],
  resetDone: [],
} as const satisfies Record<HelpStep, readonly ((typeof identity)[number] | 'newPassword')[]>

/** A picture of a page: its size in pixels, and a digest of what the page said and looked like. */
export type HelpPicture = { width: number; height: number; digest: string }
