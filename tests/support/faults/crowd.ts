import words from '@/messages/fr.json' with { type: 'json' }
import type { Service } from '@/tests/support/app/service'
import { codeOf, keyOf, untilNotBusy, untilServed } from '@/tests/support/http/answers'

type Target = Pick<Service, 'url'>

/** Does something so many times at the same moment, in turn at each of the processes. */
export function crowd<Value>(
  count: number,
  processes: Service[],
  work: (process: Service, index: number) => Promise<Value>,
): Promise<Value[]> {
  const at = (index: number) => processes[index % processes.length] as Service
  return Promise.all(Array.from({ length: count }, (_, index) => work(at(index), index)))
}

/** The same, where each sends again while the service says that it is busy. */
export function patientCrowd(
  count: number,
  processes: Service[],
  send: (process: Service, index: number) => Promise<Response>,
): Promise<Response[]> {
  return crowd(count, processes, (process, index) => untilNotBusy(() => send(process, index)))
}

/** How often each answer was given: what was wrong, or the page it led to. */
export async function countAnswers(answers: Response[]): Promise<Record<string, number>> {
  return countOf(
    await Promise.all(
      answers.map(async (answer) => (await codeOf(answer)) ?? pageAfter(answer) ?? `status ${answer.status}`),
    ),
  )
}

function pageAfter({ headers }: Response): string | undefined {
  return headers.get('location')?.split('?')[0]
}

/**
 * What somebody who sent a reset form is told in the end: that it is done, what is wrong, or why the link is
 * dead. A page that could not be had is loaded anew, as it offers.
 */
export async function toldOf(process: Target, answer: Response, cookie: string): Promise<string> {
  const location = answer.headers.get('location')
  if (answer.status === 303 && location === '/fr/reset-password/done') return 'done'
  if (answer.status === 303 || answer.status === 500)
    return (await resetProblem(process, cookie)) ?? `the form again, by way of ${location}`
  return (await codeOf(answer)) ?? problemIn(await answer.text()) ?? `status ${answer.status}`
}

/** How often each of these was said. */
export function countOf(told: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const each of told) counts[each] = (counts[each] ?? 0) + 1
  return counts
}

/** Why the page of a reset link, for a browser with this cookie, says that the link does not serve; null when it does. */
export async function resetProblem({ url }: Target, cookie: string): Promise<string | null> {
  const page = await untilServed(() => fetch(`${url}/fr/reset-password`, { headers: { cookie } }))
  return problemIn(await page.text())
}

function problemIn(html: string): string | null {
  const { title: _, again: __, logIn: ___, ...problems } = words.resetProblem
  return keyOf(problems, /<main.*<\/main>/s.exec(html)?.[0] ?? '')
}
