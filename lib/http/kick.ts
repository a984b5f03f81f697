import { after } from 'next/server'
import { isFunction } from '@/lib/platform'
import { kick } from '@/lib/worker/kick'

/**
 * Has what a request wrote for others delivered soon: once the answer has left, where the platform can wait for that, else before. It takes
 * as long whether or not there is anything.
 */
export async function kickAfterAnswer(): Promise<void> {
  if (!isFunction()) return kick()
  try {
    after(kick)
  } catch {
    await kick()
  }
}
