import { changeDetails } from '@/lib/accounts/change-details'
import { redeemEmailChange, requestEmailChange } from '@/lib/accounts/change-email'
import { changePassword } from '@/lib/accounts/change-password'
import { peekNotMe } from '@/lib/accounts/dispute'
import { changeDetailsSchema, changeEmailSchema } from '@/lib/accounts/input'
import { redeemNotMe } from '@/lib/accounts/not-me'
import { peekLink } from '@/lib/accounts/peek-link'
import { findSession, type SessionAccount } from '@/lib/accounts/sessions'
import { db } from '@/lib/db/client'
import type { Account } from '@/lib/db/generated/client'
import { deliverDueMail } from '@/lib/worker/deliver-mail'
import { logInAs, redeem, sessionOf, withEmail } from '@/tests/support/accounts/changes'
import { accountOf, askForResetAs, joinAs, mailedTokens, newCaller } from '@/tests/support/accounts/people'
import { newPerson, type Person } from '@/tests/support/person'
import { disputesPassed } from '@/tests/support/postgres/time-passed'

/** Somebody who wants into an account, with all that they know and hold. */
export type Actor = {
  /** The answers to who they are that they know to be or have been the account's, the newest first. */
  details: Details[]
  passwords: string[]
  mailboxes: string[]
  sessions: string[]
}

type Details = Pick<Person, (typeof detailNames)[number]>
const detailNames = ['firstName', 'lastName', 'country', 'organizationType'] as const

export const actorNames = ['owner', 'thief', 'holder', 'stranger'] as const
export type ActorName = (typeof actorNames)[number]

export type World = Record<ActorName, Actor> & {
  accountId: string
  person: Person
  /** The address that the owner gave up and somebody else holds, if they did. */
  givenUp: string | null
  /** An account that the owner opened anew at the first address. */
  anew: Person | null
  hoursPassed: number
}

export type Setting = {
  /** Whether the owner has moved away from the first address, which is somebody else's now. */
  hasMovedAway: boolean
  thiefKnows: { password: boolean; fields: boolean; session: boolean }
  /** Not so in any world of ours: for the control. */
  holderKnowsPassword: boolean
}

export async function newWorld({ hasMovedAway, thiefKnows, holderKnowsPassword }: Setting): Promise<World> {
  const person = await joinAs()
  const { id: accountId } = await accountOf(person)
  const [kept, others] = [newPerson().email, newPerson().email]
  if (hasMovedAway) await withEmail(person, kept)
  const known = (isKnown: boolean) => (isKnown ? [person.password] : [])
  const present = hasMovedAway ? { ...person, email: kept } : person
  return {
    accountId,
    person,
    givenUp: hasMovedAway ? person.email : null,
    anew: null,
    hoursPassed: 0,
    owner: actor(detailsOf(person), known(true), hasMovedAway ? [kept] : [person.email, kept], [
      await sessionOf(present),
    ]),
    thief: actor(
      thiefKnows.fields ? detailsOf(person) : null,
      known(thiefKnows.password),
      [newPerson().email, newPerson().email],
      thiefKnows.session ? [await sessionOf(present)] : [],
    ),
    holder: actor(detailsOf(person), known(holderKnowsPassword), [hasMovedAway ? person.email : others], []),
    stranger: actor(detailsOf(person), [], [newPerson().email], []),
  }
}

function detailsOf({ firstName, lastName, country, organizationType }: Details): Details {
  return { firstName, lastName, country, organizationType }
}

const actor = (details: Details | null, passwords: string[], mailboxes: string[], sessions: string[]): Actor => ({
  details: details ? [details] : [],
  passwords,
  mailboxes,
  sessions,
})

/** What somebody may do; `pick` chooses among the ways. What they have no means for comes to nothing. */
export const deeds = {
  async 'signs in'(world: World, who: Actor) {
    const { email } = await theAccount(world)
    for (const password of who.passwords) {
      const result = await logInAs({ ...world.person, email, password })
      if (result.ok) who.sessions.push(result.value.session)
    }
  },
  async 'changes the password'(world: World, who: Actor) {
    const account = await enter(world, who)
    const newPassword = chosenPassword()
    for (const currentPassword of account ? who.passwords : []) {
      const result = await changePassword(
        account as SessionAccount,
        { currentPassword, newPassword },
        newCaller(),
        'fr',
      )
      if (!result.ok) continue
      who.sessions.push(result.value.session)
      who.passwords.unshift(newPassword)
      break
    }
    await deliverDueMail()
  },
  async 'corrects the details'(world: World, who: Actor) {
    const account = await enter(world, who)
    const details = chosenDetails()
    for (const currentPassword of account ? who.passwords : []) {
      const input = changeDetailsSchema.parse({ ...details, currentPassword })
      const result = await changeDetails(account as SessionAccount, input, newCaller(), 'fr')
      if (!result.ok) continue
      who.details.unshift(details)
      break
    }
    await deliverDueMail()
  },
  async 'moves the account'(world: World, who: Actor, pick: number) {
    const account = await enter(world, who)
    const email = of(who.mailboxes, pick) ?? ''
    if (!account || account.email === email) return
    for (const currentPassword of who.passwords)
      await requestEmailChange(
        account,
        changeEmailSchema.parse({ newEmail: email, currentPassword }),
        newCaller(),
        'fr',
      )
    await deliverDueMail()
    const [token] = await mailedTokens({ email }, 'new-email')
    for (const password of token ? who.passwords : [])
      await redeemEmailChange(token as string, password, newCaller(), 'fr')
    await deliverDueMail()
  },
  async 'presses a button'(_world: World, who: Actor, pick: number) {
    const link = of(await linksOf(who), pick)
    if (link) await press(link, null)
  },
  async 'gives a password'(_world: World, who: Actor, pick: number) {
    const link = of(await linksOf(who), pick)
    for (const password of link ? who.passwords : []) await press(link as string, password)
  },
  async 'resets the password'(world: World, who: Actor) {
    await resetAs(world, who)
  },
  async 'opens an account anew'(world: World, who: Actor) {
    const isFree = (await theAccount(world)).email !== world.person.email
    if (who !== world.owner || !who.mailboxes.includes(world.person.email) || !isFree || world.anew) return
    world.anew = await joinAs({ ...world.person, password: chosenPassword() })
  },
  async 'lets hours pass'(world: World, _who: Actor, pick: number) {
    const hours = Math.min(1 + (pick % 24), 70 - world.hoursPassed)
    world.hoursPassed += hours
    for (const statement of disputesPassed(60 * hours)) await (await db()).$executeRawUnsafe(statement)
  },
} satisfies Record<string, (world: World, who: Actor, pick: number) => Promise<void>>

/** The documented way back: a link in the mailbox that still serves, then a reset, and once more with an older one. Returns a session, or null. */
export async function takeBack(world: World): Promise<string | null> {
  const { owner } = world
  const before = owner.sessions.length
  for (const link of await linksOf(owner)) {
    const offer = await peekNotMe(link)
    const outcomes = []
    for (const password of offer?.isSure ? [null] : owner.passwords) outcomes.push(await press(link, password))
    if (outcomes.includes('address_taken') && world.anew) {
      world.anew = await withEmail(world.anew)
      for (const password of owner.passwords) outcomes.push(await press(link, password))
    }
    if (!outcomes.includes('restored') && !outcomes.includes('lifted')) continue
    if (await resetAndSignIn(world, owner)) break
  }
  if (owner.sessions.length === before) await resetAndSignIn(world, owner)
  return owner.sessions[before] ?? null
}

/** False when their details are not those of the account, nor is a password of theirs. */
async function resetAndSignIn(world: World, owner: Actor): Promise<boolean> {
  const before = owner.sessions.length
  await startAfresh()
  await resetAs(world, owner)
  await deeds['signs in'](world, owner)
  return owner.sessions.length > before
}

/** All that somebody can try. */
export async function tryAll(world: World, who: Actor): Promise<void> {
  for (const link of await linksOf(who)) {
    await startAfresh()
    for (const password of [...who.passwords, null]) await press(link, password)
  }
  await resetAs(world, who)
  await deeds['signs in'](world, who)
}

/** Who is in the account. */
export async function whoIsIn(world: World): Promise<ActorName[]> {
  const found: ActorName[] = []
  for (const name of actorNames) if (await accountIn(world, world[name])) found.push(name)
  return found
}

export async function theAccount({ accountId }: World): Promise<Account> {
  return (await db()).account.findUniqueOrThrow({ where: { id: accountId } })
}

/** Limits and tries are promises of their own: here everybody may try for ever. */
export async function startAfresh(): Promise<void> {
  const client = await db()
  await client.rateLimit.deleteMany()
  await client.token.updateMany({ where: { attempts: { gt: 0 } }, data: { attempts: 0 } })
}

let chosen = 0
function chosenDetails(): Details {
  chosen += 1
  return { firstName: 'Maëlle', lastName: `Martin-${chosen}`, country: 'CH', organizationType: 'individual' }
}

function chosenPassword(): string {
  chosen += 1
  return `Quatre-mots 4 retenir ${chosen}`
}

const of = <Value>(all: Value[], pick: number): Value | undefined => all[pick % all.length]

/** The links “this was not me” that somebody holds and that serve, the newest first. */
async function linksOf(who: Actor): Promise<string[]> {
  const links = (await Promise.all(who.mailboxes.map((email) => mailedTokens({ email }, 'not-me')))).flat()
  const live = await Promise.all(links.map((link) => peekLink('not-me', link)))
  return [...new Set(links.filter((_, at) => live[at] === 'live'))]
}

async function press(link: string, password: string | null): Promise<string> {
  const result = await redeemNotMe(link, newCaller(), 'fr', password)
  await deliverDueMail()
  return result.ok ? result.value : result.code
}

async function resetAs(world: World, who: Actor): Promise<void> {
  const { email } = await theAccount(world)
  for (const mailbox of who.mailboxes)
    for (const details of who.details) {
      const links = await resetLinksOf(mailbox)
      await askForResetAs({ ...world.person, ...details, email: mailbox })
      const [token] = await resetLinksOf(mailbox)
      if (!token || (await resetLinksOf(mailbox)).length === links.length) continue
      const password = chosenPassword()
      const result = await redeem(token, { ...world.person, ...details, email }, password)
      if (result.ok) who.passwords.unshift(password)
      await deliverDueMail()
    }
}

const resetLinksOf = (email: string) => mailedTokens({ email }, 'reset-password')

/** The account in a session of theirs, for which they sign in if they have to and can. It shows them its details. */
async function enter(world: World, who: Actor): Promise<SessionAccount | null> {
  if (!(await accountIn(world, who))) await deeds['signs in'](world, who)
  const account = await accountIn(world, who)
  if (account && !who.details.some(({ lastName }) => lastName === account.lastName))
    who.details.unshift(detailsOf(account))
  return account
}

async function accountIn({ accountId }: World, who: Actor): Promise<SessionAccount | null> {
  for (const session of who.sessions) {
    const account = await findSession(session)
    if (account?.id === accountId) return account
  }
  return null
}
