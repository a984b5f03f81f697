import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { changeUsername } from '@/lib/accounts/change-username'
import { logIn } from '@/lib/accounts/log-in'
import { guessesInARow } from '@/lib/limits'
import { purposeKey } from '@/lib/secrets'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { purge } from '@/lib/worker/retention'
import { idOf, logInAs, withEmail } from '@/tests/support/accounts/changes'
import { closeAs, passWeek } from '@/tests/support/accounts/closing'
import { pass } from '@/tests/support/accounts/limits'
import { askForLinkAs, joinAs, newCaller } from '@/tests/support/accounts/people'
import { newPerson } from '@/tests/support/person'
import { dump } from '@/tests/support/postgres/dump'
import { useService } from '@/tests/support/vitest/use-service'

useService('postgres')

afterEach(forgetEnv)

test('after an erasure no address or user name that the account ever had is left, nor a digest of one by any secret', async () => {
  const [former, middle, latest] = [newPerson().email, newPerson().email, newPerson().email]
  const [formerName, latestName] = [randomUUID().slice(0, 12), randomUUID().slice(0, 12)]
  const traces = [former, middle, latest, formerName, latestName]
  const guessAll = async () => {
    for (const trace of traces) await guess(trace)
  }
  const secrets = [changeSecret()]
  await guessAll()
  const person = await joinAs(newPerson({ email: former }))
  const id = await idOf(person)
  await changeUsername(id, { name: formerName, key: formerName }, newCaller())
  await guessAll()
  await logInAs(person)
  const moved = await withEmail(person, middle)
  secrets.push(changeSecret())
  await guessAll()
  await changeUsername(id, { name: latestName, key: latestName }, newCaller())
  await askForLinkAs(moved)
  const present = await withEmail(moved, latest)
  await guessAll()
  secrets.push(changeSecret())
  await guessAll()
  await closeAs(present)
  await deliverDueMail()
  await passWeek()
  await pass(null, guessesInARow.nobodySeconds)
  await purge()
  const digests = secrets.flatMap((secret) =>
    [...traces, ...traces.map(nobody)].map((trace) => digestBy(secret, trace)),
  )
  expect(await found([...traces, ...digests])).toEqual([])

  // What strangers type afterwards counts for a day, as with anybody.
  await guessAll()
  const counted = digests.slice(-traces.length)
  expect(await found(digests)).toEqual(counted)
  await pass(null, guessesInARow.nobodySeconds)
  await purge()
  expect(await found(counted)).toEqual([])
})

/** What guesses at an identifier without an account are counted by. */
const nobody = (identifier: string) => `nobody:${identifier}`

/** Which of these stand in any table. */
async function found(sought: string[]): Promise<string[]> {
  const rows = JSON.stringify(await dump())
  return sought.filter((text) => rows.includes(text))
}

async function guess(identifier: string): Promise<void> {
  const input = { identifier, password: 'Wr0ng one, surely', locale: 'fr' } as const
  expect(await logIn(input, newCaller(), { session: null, mark: null })).toMatchObject({ ok: false })
}

function digestBy(secret: string, value: string): string {
  return createHmac('sha256', purposeKey('pseudonym', secret)).update(value).digest('base64url').slice(0, 22)
}

/** Starts the service again, as it were, with another secret and without the former one. Returns the new one. */
function changeSecret(): string {
  const secret = randomBytes(32).toString('base64')
  vi.stubEnv('APP_SECRET', secret)
  forgetEnv()
  return secret
}

function forgetEnv(): void {
  delete (globalThis as { __metamotsEnv?: unknown }).__metamotsEnv
}
