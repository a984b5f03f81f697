import { availableParallelism } from 'node:os'
import { hashPassword } from '@/lib/accounts/passwords/hashing'
import { hashQueuePolicy } from '@/lib/policy'
import { newPassword } from '@/tests/support/person'

/** Runs `work` while the service hashes as many passwords as it can, so that it has room for none. */
export async function whileBusy(work: () => Promise<void>): Promise<void> {
  let isBusy = true
  const hashes = Array.from({ length: availableParallelism() + hashQueuePolicy.maxWaiting }, async () => {
    while (isBusy) await hashPassword(newPassword)
  })
  try {
    await work()
  } finally {
    isBusy = false
    await Promise.all(hashes)
  }
}

/** Tries again while the service is busy, as a person would. */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if ((error as Error).name !== 'BusyError') throw error
    }
  }
}
