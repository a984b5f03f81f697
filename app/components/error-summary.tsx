'use client'

import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { FieldProps } from '@/app/components/field'
import { SupportLine } from '@/app/components/support-line'
import type { FormState } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'

/** The answer of the action, or what the browser says where none came. */
export type ShownState = FormState & { reloadAt?: string }

type Props = { state: ShownState; words: FormWords<string>; fields: FieldProps[] }

/** What stands in the way after a submission. It takes the focus each time, so it is no live region besides; links lead to the fields. */
export function ErrorSummary({ state, words, fields }: Props) {
  const summary = useRef<HTMLDivElement>(null)
  const { formError, fieldErrors, reference, support, reloadAt } = state
  const isFirst = useRef(true)
  // The server does not know the clock of the reader: without scripts there is the duration alone. Null: not known yet.
  const [clock, setClock] = useState<string | null>(null)
  useLayoutEffect(() => {
    const { waitSeconds } = state
    setClock(waitSeconds ? null : '')
    // Comes when it is needed, so that no page weighs more for it.
    if (waitSeconds)
      import('@/app/components/clock-after').then(
        async ({ clockAfter }) => setClock(await clockAfter(waitSeconds)),
        () => setClock(''),
      )
  }, [state])
  useEffect(() => {
    if (clock === null) return
    // Scripts may start on a page that was answered without them, when somebody types already.
    const isTyping = isFirst.current && document.activeElement?.matches('[aria-required]')
    isFirst.current = false
    if (hasFailed(state) && !isTyping) summary.current?.focus()
  }, [state, clock])
  if (!hasFailed(state)) return null

  return (
    <div className="summary" ref={summary} role="alert" aria-live="off" tabIndex={-1}>
      <h2>{formError ? words.notDone : words.toCorrect}</h2>
      {formError && <p>{formError.replace('{time}', clock ?? '')}</p>}
      {support ? (
        <SupportLine words={support} />
      ) : (
        reference && (
          <p>
            {words.reference} <code>{reference}</code>
          </p>
        )
      )}
      {reloadAt && (
        <p>
          <a href={reloadAt}>{words.reload}</a>
        </p>
      )}
      {fieldErrors && (
        <ul>
          {fields.flatMap(({ name, errors }) =>
            errors.map((error) => (
              <li key={error}>
                <a href={`#${name}`}>{error}</a>
              </li>
            )),
          )}
        </ul>
      )}
    </div>
  )
}

/** Whether a submission did not lead on. */
export function hasFailed({ formError, fieldErrors }: FormState): boolean {
  return formError !== undefined || fieldErrors !== undefined
}
