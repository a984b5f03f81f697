import { eachByItself } from '@/lib/worker/each-by-itself'
import { watchLogInFailures } from '@/lib/worker/log-in-alarm'
import { measureOutbox } from '@/lib/worker/measure-outbox'
import { purge } from '@/lib/worker/retention'

/**
 * What is to be done every minute apart from mail: removes what has been kept long enough, looks out for attacks, and measures the outbox.
 * None of it waits for another to succeed; throws afterwards when one did not.
 */
export async function upkeep(): Promise<void> {
  await eachByItself([purge, watchLogInFailures, measureOutbox])
}
