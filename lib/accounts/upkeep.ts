import { watchLogInFailures } from '@/lib/accounts/log-in-alarm'
import { purge } from '@/lib/accounts/retention'

/** What is to be done every minute apart from mail: removes what has been kept long enough, and looks out for attacks. */
export async function upkeep(): Promise<void> {
  await purge()
  await watchLogInFailures()
}
