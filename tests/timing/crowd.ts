import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { newPerson } from '@/tests/support/person'

// tsx tests/timing/crowd.ts <url>: twenty people who read a page, type for a second or two, and submit it.
const [, , url = ''] = process.argv
process.once('disconnect', () => process.exit())
await Promise.all(Array.from({ length: 20 }, visit))

async function visit(): Promise<void> {
  for (;;) {
    await sleep(randomInt(500))
    const { password, ...identity } = newPerson()
    const signsIn = randomInt(2) === 0
    const form = await readForm(url, signsIn ? '/fr/login' : '/fr/forgot-password')
    await sleep(1_000 + randomInt(1_000))
    const fields = signsIn ? { identifier: identity.email, password, locale: 'fr' } : identity
    await submitRaw({ url, origin: url }, form, fields)
  }
}
