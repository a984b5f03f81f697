import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import type { FormAction } from '@/app/components/form'
import type { Controls } from '@/app/components/kept-fields'
import type { FormState, OpenedWith } from '@/lib/http/form'
import type { Trouble } from '@/lib/words/form-words'

/** How a submission ended: with the answer of the action, or with none. */
export type Outcome = { answer: FormState } | { trouble: Trouble; reference?: string }

/** Enough for a busy service at the end of a slow line, and no longer than people wait. */
const patienceMs = 10_000

class NoAnswer extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble)
  }
}

if (typeof window !== 'undefined') {
  const { fetch } = window
  window.fetch = (input, init) =>
    new Headers(init?.headers).has('next-action') ? fetchWhole(fetch, input, init) : fetch(input, init)
}

/** Sends a form to its action. Throws nothing but what leads on to another page. */
export async function send(action: FormAction, openedWith: OpenedWith, form: FormData): Promise<Outcome> {
  try {
    const answer = await action(openedWith, form)
    // What else the framework can read is no answer of ours.
    return Object(answer) === answer ? { answer } : { trouble: 'silent' }
  } catch (error) {
    unstable_rethrow(error)
    if (unstable_isUnrecognizedActionError(error)) return { trouble: 'outdated' }
    if (error instanceof NoAnswer) return { trouble: error.trouble }
    const { digest } = error as { digest?: string }
    return digest ? { trouble: 'failed', reference: digest } : { trouble: 'silent' }
  }
}

/** What a form says of itself: a text for each of its fields and what it was drawn with, whatever strangers put into it. */
export function readForm(controls: Controls, hidden: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(hidden)) data.set(name, value)
  for (const [name, control] of controls) data.set(name, control.value)
  return data
}

/** The framework waits for ever, holds everything back until then, and takes half an answer for a whole one. */
async function fetchWhole(fetch: typeof window.fetch, input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const answer = await fetch(input, { ...init, signal })
    const whole = await answer.arrayBuffer()
    if (answer.status !== 503 || !answer.headers.has('retry-after')) return new Response(whole, answer)
  } catch {
    throw new NoAnswer(signal.aborted ? 'silent' : 'lost')
  }
  throw new NoAnswer('busy')
}
