import { hasApps } from '@/lib/apps/apps'
import { eachByItself } from '@/lib/worker/each-by-itself'
import { watchLogInFailures } from '@/lib/worker/log-in-alarm'
import { measureOutbox } from '@/lib/worker/measure-outbox'
import { purge } from '@/lib/worker/retention'

/**
 * What is to be done every minute apart from mail: removes what has been kept long enough, looks out for attacks,
 * measures the outbox, and makes new keys.
 * None of it waits for another to succeed; throws afterwards when one did not.
 */
export async function upkeep(): Promise<void> {
  await eachByItself([purge, watchLogInFailures, measureOutbox, tendSigningKeys])
}

/** What signs is not loaded where there is nobody to sign for. */
async function tendSigningKeys(): Promise<void> {
  if (hasApps()) await (await import('@/lib/apps/keys')).tendKeys()
}
