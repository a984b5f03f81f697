/** The steps of the guide in order, each named as the texts of the page that it is about. */
export const helpSteps = ['login', 'forgot', 'forgotSent', 'reset', 'resetDone'] as const

export type HelpStep = (typeof helpSteps)[number]

/** A picture of a page: its size in pixels, and a digest of what the page said and looked like. */
export type HelpPicture = { width: number; height: number; digest: string }
