import { pagesOfApp } from '@/tests/support/apps/shown-app'
import { readForm, submission } from '@/tests/support/http/forms'
import { newPerson, type Person } from '@/tests/support/person'
import { timeAfterBurst } from '@/tests/timing/burst'
import { type Line, openLine } from '@/tests/timing/line'
import { lock, type Member, members, people } from '@/tests/timing/people'
import type { Case, Scenario } from '@/tests/timing/scenarios'
import type { Stage } from '@/tests/timing/stage'
import { randomFrom } from '@/tests/timing/statistics'

/** How often each case is asked about: after a hundred requests of any case, or one burst, as often as counts. */
export function roundsOf({ cases, count, burst }: Scenario): number {
  return (burst ? 1 : Math.ceil(100 / cases.length)) + count
}

const stranger: Case = { name: 'the stranger', standing: 'unknown' }

const accepted = { 'forgot-password': 303, signup: 303, 'signup/resend': 303, login: 200, 'account/change-email': 303 }

/**
 * The milliseconds of every request of each case, in the order of the cases. Each round asks once about somebody of
 * every case, in an order of its own, one request at a time. Throws when one is not answered as all should be.
 */
export async function measure(stage: Stage, scenario: Scenario, seed: number): Promise<number[][]> {
  const { page, cases, count, burst } = scenario
  const random = randomFrom(seed)
  const rounds = roundsOf(scenario)
  const casts = await Promise.all(
    cases.map(async (each) => {
      const all = await people(stage.databaseUrl, each.standing, rounds)
      if (each.locked) await lock(stage, all)
      const askers = page === 'account/change-email' ? await members(stage, rounds) : []
      return { ...each, all, askers, times: [] as number[] }
    }),
  )
  const form = await readForm(
    stage.url,
    `/fr/${scenario.forApp ? pagesOfApp.login : page}`,
    headersOf(casts[0]?.askers[0]),
  )
  const line = openLine(stage.port)
  for (let round = 0; round < rounds; round += 1) {
    for (const cast of shuffled(casts, random)) {
      const asker = cast.askers[round]
      const ask = async (by: Line, person: Person, each: Case = cast) => {
        const post = submission(form, fieldsOf(page, each, person, asker), page === 'login')
        const headers = { ...post.headers, ...headersOf(asker) }
        const { milliseconds, status } = await by.post(form.path, { ...post, headers }, each.heldBack)
        if (status !== accepted[page]) throw new Error(`${page}, ${each.name}: answered ${status}`)
        return milliseconds
      }
      const person = cast.all[round] as Person
      const about = (by: Line) => ask(by, person)
      const milliseconds = burst
        ? await timeAfterBurst(stage, line, burst, about, (by) => ask(by, newPerson(), stranger))
        : await about(line)
      if (round >= rounds - count) cast.times.push(milliseconds)
    }
  }
  line.hangUp()
  return casts.map(({ times }) => times)
}

function headersOf(asker: Member | undefined): Record<string, string> {
  return asker ? { cookie: asker.cookie } : {}
}

function fieldsOf(
  page: Scenario['page'],
  { mistaken }: Case,
  person: Person,
  asker: Member | undefined,
): Record<string, string> {
  const { password, ...identity } = person
  if (asker) return { newEmail: person.email, currentPassword: asker.password }
  if (page === 'login') return { identifier: person.email, password, locale: 'fr' }
  if (page === 'signup') return { ...newPerson(), email: person.email }
  if (page === 'signup/resend') return { email: person.email }
  return mistaken ? { ...identity, country: 'FR' } : identity
}

function shuffled<Value>(values: Value[], random: () => number): Value[] {
  return values
    .map((value): [number, Value] => [random(), value])
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value)
}
