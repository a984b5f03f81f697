import { readForm, submission } from '@/tests/e2e/raw-form'
import { newPerson, type Person } from '@/tests/support/person'
import { openLine } from '@/tests/timing/line'
import { people } from '@/tests/timing/people'
import type { Case, Scenario } from '@/tests/timing/scenarios'
import type { Stage } from '@/tests/timing/stage'
import { randomFrom } from '@/tests/timing/statistics'

/** How often each case is asked about: after a hundred requests of any case, as often as counts. */
export function roundsOf({ cases, count }: Scenario): number {
  return Math.ceil(100 / cases.length) + count
}

const accepted = { 'forgot-password': 303, signup: 303, login: 200 }

/**
 * The milliseconds of every request of each case, in the order of the cases. Each round asks once about somebody of
 * every case, in an order of its own, one request at a time. Throws when one is not answered as all should be.
 */
export async function measure(stage: Stage, scenario: Scenario, seed: number): Promise<number[][]> {
  const { page, cases, count } = scenario
  const random = randomFrom(seed)
  const rounds = roundsOf(scenario)
  const form = await readForm(stage.url, `/fr/${page}`)
  const casts = await Promise.all(
    cases.map(async (each) => ({
      ...each,
      all: await people(stage.databaseUrl, each.standing, rounds),
      times: [] as number[],
    })),
  )
  const line = openLine(stage.port)
  for (let round = 0; round < rounds; round += 1) {
    for (const cast of shuffled(casts, random)) {
      const fields = fieldsOf(page, cast, cast.all[round] as Person)
      const post = submission(form, fields, page === 'login')
      const { milliseconds, status } = await line.post(form.path, post, cast.heldBack)
      if (status !== accepted[page]) throw new Error(`${page}, ${cast.name}: answered ${status}`)
      if (round >= rounds - count) cast.times.push(milliseconds)
    }
  }
  line.hangUp()
  return casts.map(({ times }) => times)
}

function fieldsOf(page: Scenario['page'], { mistaken }: Case, person: Person): Record<string, string> {
  const { password, ...identity } = person
  if (page === 'login') return { identifier: person.email, password, locale: 'fr' }
  if (page === 'signup') return { ...newPerson(), email: person.email }
  return mistaken ? { ...identity, country: 'FR' } : identity
}

function shuffled<Value>(values: Value[], random: () => number): Value[] {
  return values
    .map((value): [number, Value] => [random(), value])
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value)
}
