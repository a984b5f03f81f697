import { expect } from '@playwright/test'
import { expectLaws } from '@/tests/support/checks/laws'
import { secrets } from '@/tests/support/checks/witness'
import { countAnswers, crowd } from '@/tests/support/faults/crowd'
import { faultTest as test } from '@/tests/support/faults/fault-test'
import { untilNotBusy } from '@/tests/support/http/answers'
import { newAddress, openLink, readForm, sendOpen, submitRaw, submitTo } from '@/tests/support/http/forms'
import { credentialsOf, identityOf, sendReset } from '@/tests/support/http/raw-walks'
import { linkIn, mailsTo } from '@/tests/support/mail/swept-mail'
import { type Ending, type Fleet, shortenLeases, useFleet } from '@/tests/support/nginx/fleet'
import type { Visit } from '@/tests/support/nginx/visitors'
import { newPassword, newPerson, type Person } from '@/tests/support/person'
import { roundsOf } from '@/tests/support/sample'

test.use({ settings: { TRUSTED_IP_HEADER: 'X-Real-IP' } })

test('while four processes behind nginx are replaced one by one, nobody is answered with a fault, no mail is lost or sent twice, and limits are exact', async ({
  service,
}) => {
  test.setTimeout(300_000)
  await useFleet(service, async (fleet) => {
    const { people, rounds } = await live(fleet, 'SIGTERM')
    expect(faults(fleet)).toEqual([])
    for (const { told } of rounds) expectLimit(told)
    await expectNothingLost(fleet)
    for (const { person } of people) expect(mailsTo(fleet.resend, person.email)).toHaveLength(4)
  })
})

test('while four processes behind nginx are killed one by one, only forms under way are cut, nothing is lost, and limits hold', async ({
  service,
}) => {
  test.setTimeout(300_000)
  await useFleet(service, async (fleet) => {
    const { people, rounds } = await live(fleet, 'SIGKILL')
    const stops = rounds.map(({ stop }) => stop)
    expect(faults(fleet).filter((visit) => !wasUnderWay(visit, stops))).toEqual([])
    for (const { told } of rounds) expectLimit(told)
    await expectNothingLost(fleet)
    for (const { person, cuts } of people) {
      const mails = mailsTo(fleet.resend, person.email).length
      expect(mails).toBeGreaterThanOrEqual(4)
      expect(mails).toBeLessThanOrEqual(4 + cuts)
    }
  })
})

type Journey = { person: Person; cuts: number }
type Round = { stop: Ending; told: Record<string, number> }

/** Lets four people at a time get back in, while one process after another is ended and started again. */
async function live(fleet: Fleet, signal: NodeJS.Signals): Promise<{ people: Journey[]; rounds: Round[] }> {
  let isOver = false
  const lanes = Array.from({ length: 4 }, async () => {
    const journeys: Journey[] = []
    while (!isOver) journeys.push(await getBackIn(fleet))
    return journeys
  })
  const replaced = (async () => {
    const rounds: Round[] = []
    for (let index = 0; index < roundsOf(4, 2); index += 1) rounds.push(await replaceUnderCrowd(fleet, index, signal))
    isOver = true
    return rounds
  })()
  const [rounds, ...people] = await Promise.all([replaced, ...lanes])
  return { people: people.flat(), rounds }
}

/** Ends a process just as one network sends more requests than it may. */
async function replaceUnderCrowd(fleet: Fleet, index: number, signal: NodeJS.Signals): Promise<Round> {
  const form = await readForm(fleet.url, '/fr/forgot-password')
  const headers = { 'x-test-address': newAddress() }
  const somebody = identityOf(newPerson())
  const asked = crowd(12, [fleet], () => submitRaw(fleet, form, somebody, { headers }))
  const [answers, stop] = await Promise.all([asked, fleet.replace(index, signal)])
  return { told: await countAnswers(answers), stop }
}

/** Somebody joins, resets the password and signs in elsewhere, each of which brings a mail, and sends again what was cut. */
async function getBackIn(fleet: Fleet): Promise<Journey> {
  const person = newPerson()
  let cuts = 0
  const sent = async (send: () => Promise<Response>) => {
    for (;;) {
      const answer = await untilNotBusy(send)
      if (answer.status !== 502) return answer
      cuts += 1
    }
  }
  await sent(() => submitTo(fleet, '/fr/signup', person))
  const confirmation = await openLink(fleet, await linkFor(fleet, person, 'verify-email'))
  await sent(() => sendOpen(fleet, confirmation, { password: person.password }))
  await sent(() => submitTo(fleet, '/fr/forgot-password', identityOf(person)))
  const reset = await openLink(fleet, await linkFor(fleet, person, 'reset-password'))
  await sent(() => sendReset(fleet, reset, person, newPassword))
  const credentials = credentialsOf({ ...person, password: newPassword })
  const answer = await sent(() => submitTo(fleet, '/fr/login', credentials))
  expect(answer.headers.get('location')).toBe('/fr/account')
  return { person, cuts }
}

async function linkFor(fleet: Fleet, { email }: Person, page: string): Promise<string> {
  const mail = async () => {
    await shortenLeases(fleet)
    return mailsTo(fleet.resend, email).find(({ text }) => text.includes(`/${page}/`))
  }
  await expect.poll(mail, { timeout: 60_000 }).toBeDefined()
  return linkIn((await mail()) ?? { text: '' }, page)
}

/** Five of one network are taken and the others refused; of those that were cut or sent away nobody knows whether they counted. */
function expectLimit(told: Record<string, number>): void {
  const { '/fr/forgot-password/sent': taken = 0, too_many_requests: refused = 0, ...unknown } = told
  const { 'status 502': cut = 0, busy = 0, ...others } = unknown
  expect(others).toEqual({})
  expect(taken + refused + cut + busy).toBe(12)
  expect(taken).toBeLessThanOrEqual(5)
  expect(taken + cut + busy).toBeGreaterThanOrEqual(5)
}

/** What was answered with a fault, or not at all. */
function faults({ visitors }: Fleet): Visit[] {
  return visitors.visits.filter(({ status }) => status === 0 || status >= 500)
}

/** Whether a form was on its way while a process was being killed, and nginx said so. */
function wasUnderWay({ method, status, began, ended }: Visit, stops: Ending[]): boolean {
  return method === 'POST' && status === 502 && stops.some(({ from, to }) => began <= to && ended >= from)
}

async function expectNothingLost(fleet: Fleet): Promise<void> {
  await shortenLeases(fleet)
  await expectLaws(fleet)
  const log = await fleet.nginx.log()
  expect(log).toContain('/fr/reset-password/*')
  expect([...secrets.keys()].filter((secret) => log.includes(secret))).toEqual([])
}
