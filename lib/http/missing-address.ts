import { db } from '@/lib/db/client'
import { limits } from '@/lib/limits'
import { logError, logEvent } from '@/lib/log'
import { consume } from '@/lib/rate-limit'

const alarm = 'client_address_alarm'

/**
 * Raises an alarm, once a day at most, when a submission came without the client's address where one is expected: all such
 * clients share the limits of one. Never throws, for the submission goes on.
 */
export async function noteMissingAddress(): Promise<void> {
  try {
    if (await consume(await db(), alarm, 'everybody', limits[alarm])) logEvent('client_address_missing')
  } catch (error) {
    logError('alarm_failed', error)
  }
}
