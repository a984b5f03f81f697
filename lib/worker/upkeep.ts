import { watchLogInFailures } from '@/lib/worker/log-in-alarm'
import { measureOutbox } from '@/lib/worker/measure-outbox'
import { purge } from '@/lib/worker/retention'

/** What is to be done every minute apart from mail: removes what has been kept long enough, looks out for attacks, and measures the outbox. */
export async function upkeep(): Promise<void> {
  await purge()
  await watchLogInFailures()
  await measureOutbox()
}
