import { headers } from 'next/headers'
import { env } from '@/lib/env'
import { comesFromOrigin } from '@/lib/http/origin'

/** Whether the running submission comes from our own pages. To be asked in every action. */
export async function isSameOrigin(): Promise<boolean> {
  return comesFromOrigin(await headers(), env().appUrl)
}
