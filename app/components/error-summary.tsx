'use client'

import { useEffect, useRef } from 'react'
import type { FieldProps } from '@/app/components/field'
import type { FormState } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'

type Props = { state: FormState; words: FormWords<string>; fields: FieldProps[] }

/** What stands in the way after a submission. Takes the focus each time; links lead to the fields. */
export function ErrorSummary({ state, words, fields }: Props) {
  const summary = useRef<HTMLDivElement>(null)
  const { formError, fieldErrors, reference } = state
  useEffect(() => {
    if (hasFailed(state)) summary.current?.focus()
  }, [state])
  if (!hasFailed(state)) return null

  return (
    <div className="notice notice-error" ref={summary} role="alert" tabIndex={-1}>
      <h2>{formError ? words.notDone : words.toCorrect}</h2>
      {formError && <p>{formError}</p>}
      {reference && (
        <p>
          {words.reference} <code className="reference">{reference}</code>
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
export function hasFailed({ formCode, fieldErrors }: FormState): boolean {
  return formCode !== undefined || fieldErrors !== undefined
}
