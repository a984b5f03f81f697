/** The built service on an imitation of a platform that runs functions. */
export type Platform = {
  url: string
  /** Ends all instances, so that the next request meets a cold start. */
  freshen(): Promise<void>
  /** How many instances there are, and the megabytes that the largest of them takes. */
  count(): number
  memory(): Promise<number>
  log(): string
  close(): Promise<void>
}
