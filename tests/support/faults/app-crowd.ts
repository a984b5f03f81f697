import { randomInt } from 'node:crypto'
import { runCommandLine } from '@/tests/support/app/command'
import type { Service } from '@/tests/support/app/service'
import type { Code, Entered, RawApp } from '@/tests/support/apps/raw-app'
import { openReset } from '@/tests/support/faults/resets'
import { untilNotBusy } from '@/tests/support/http/answers'
import { cookiesOf, submitTo } from '@/tests/support/http/forms'
import { credentialsOf, joinRaw, sendReset, succeeded } from '@/tests/support/http/raw-walks'
import type { Person } from '@/tests/support/person'

/** People, and what each of their browsers and of the applications holds of them. */
export type AppCrowd = {
  people: Person[]
  cookies: string[]
  codes: { app: RawApp; cookie: string; code: Code }[]
  entered: (Entered & { app: RawApp; cookie: string })[]
}

type Deed = (crowd: AppCrowd, service: Service, apps: RawApp[]) => Promise<void>

/** Does so many things in a random order, some at the same moment, each at one of the processes. */
export async function roam(crowd: AppCrowd, processes: Service[], apps: RawApp[], count: number): Promise<void> {
  let left = count
  const one = async () => {
    while (left > 0) {
      left -= 1
      await pick(deeds)(crowd, pick(processes), apps)
    }
  }
  await Promise.all(Array.from({ length: 6 }, one))
}

/** Somebody enters an application after all of that, and stays. */
export async function enterAtLast({ people, entered }: AppCrowd, service: Service, apps: RawApp[]): Promise<void> {
  const one: AppCrowd = { people, cookies: [], codes: [], entered: [] }
  for (const deed of [signIn, askForCode, redeemCode]) await deed(one, service, apps)
  entered.push(...one.entered)
}

/** Of a hundred deeds. */
const deeds: Deed[] = [
  ...times(22, signIn),
  ...times(32, askForCode),
  ...times(33, redeemCode),
  ...times(6, signOut),
  ...times(4, resetPassword),
  ...times(3, erase),
]

function times(count: number, deed: Deed): Deed[] {
  return Array.from({ length: count }, () => deed)
}

async function signIn(crowd: AppCrowd, service: Service): Promise<void> {
  const answer = await untilNotBusy(() => submitTo(service, '/fr/login', credentialsOf(pick(crowd.people))))
  // Somebody may have changed the password, or erased the account, a moment ago.
  if (answer.headers.get('location') === '/fr/account') crowd.cookies.push(cookiesOf(answer))
}

async function askForCode({ cookies, codes }: AppCrowd, service: Service, apps: RawApp[]): Promise<void> {
  const [app, cookie] = [pick(apps), pick(cookies)]
  if (!cookie) return
  const code = await app.ask(service, cookie)
  if (code.code !== null) codes.push({ app, cookie, code })
}

async function redeemCode({ codes, entered }: AppCrowd, service: Service): Promise<void> {
  const [held] = codes.splice(codes.length === 0 ? 0 : randomInt(codes.length), 1)
  if (!held) return
  const { app, cookie, code } = held
  const given = await app.redeem(service, code)
  if (given) entered.push({ ...given, app, cookie })
}

async function signOut({ entered }: AppCrowd, { url }: Service): Promise<void> {
  const who = pick(entered)
  if (!who) return
  const query = new URLSearchParams({ id_token_hint: who.idToken })
  await fetch(`${url}/oidc/end-session?${query}`, { headers: { cookie: who.cookie }, redirect: 'manual' })
}

const resetting = new Set<string>()

async function resetPassword(crowd: AppCrowd, service: Service): Promise<void> {
  const person = pick(crowd.people)
  if (resetting.has(person.email)) return
  resetting.add(person.email)
  const password = `Un-n0uveau secret ${randomInt(1_000)}`
  const answer = await sendReset(service, await openReset(service, person), person, password)
  if (succeeded(answer)) person.password = password
  resetting.delete(person.email)
}

/** Somebody else joins for whoever is erased. */
async function erase(crowd: AppCrowd, service: Service): Promise<void> {
  const place = randomInt(crowd.people.length)
  const person = crowd.people[place] as Person
  if (resetting.has(person.email)) return
  crowd.people[place] = await joinRaw(service)
  const words = ['scripts/metamots.ts', 'account', 'erase', person.email, '--yes']
  await runCommandLine(['node', '--import', 'tsx', ...words], service.settings).ended
}

function pick<Value>(values: Value[]): Value {
  return values[randomInt(Math.max(values.length, 1))] as Value
}
