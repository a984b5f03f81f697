import { availableParallelism } from 'node:os'
import { hashPassword } from '@/lib/accounts/passwords/hashing'
import { hashPolicy } from '@/lib/policy'
import { type Check, warning, well } from '@/scripts/doctor/check'

/** In milliseconds: a hash that costs less than this costs an attacker little; one that costs more lets sign-ins queue. */
const [fast, slow] = [10, 500]
const rounds = 3

/** What one hash of a password costs on this machine, and how many sign-ins a second that allows. */
export const passwordHashing: Check = {
  name: 'password hashing',
  look: async () => {
    // The first also loads the library.
    await hashPassword('warm up')
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const before = performance.now()
      await hashPassword('a password like any other')
      times.push(performance.now() - before)
    }
    const ms = Math.min(...times)
    const { memoryCost, timeCost } = hashPolicy
    const cores = availableParallelism()
    const seen = `${Math.round(ms)} ms a hash (${memoryCost / 1_024} MiB, ${timeCost} passes), about ${Math.max(1, Math.floor((cores * 1_000) / ms))} a second on ${cores} core(s)`
    if (ms > slow)
      return warning(
        seen,
        'Sign-ins will queue and be told to come back. Give it a faster or less busy machine; the parameters are at the floor of what is safe.',
      )
    if (ms < fast) return warning(seen, 'This machine could afford more: raise hashPolicy in lib/policy.ts.')
    return well(seen)
  },
}
