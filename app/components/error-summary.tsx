'use client'

import { useEffect, useRef } from 'react'
import type { FieldProps } from '@/app/components/field'
import type { FormState } from '@/lib/http/form'
import type { FormWords } from '@/lib/i18n/form-words'

type Props = { state: FormState; words: FormWords<string>; fields: FieldProps[] }

/** What stands in the way after a submission. Takes the focus each time; links lead to the fields. */
export function ErrorSummary({ state, words, fields }: Props) {
  const summary = useRef<HTMLDivElement>(null)
  const { formError, fieldErrors, reference } = state
  useEffect(() => {
    if (toneOf(state)) summary.current?.focus()
  }, [state])
  const tone = toneOf(state)
  if (!tone) return null

  const isNews = tone === 'news'
  return (
    <div
      className={isNews ? 'notice' : 'notice notice-error'}
      ref={summary}
      role={isNews ? 'status' : 'alert'}
      tabIndex={-1}
    >
      <h2>{isNews ? words.toKnow : formError ? words.notDone : words.toCorrect}</h2>
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

/** How a submission was answered: with news, with a failure, or with nothing to tell yet. */
export function toneOf({ formCode, fieldErrors }: FormState): 'news' | 'failure' | null {
  if (formCode === 'confirmation_sent_again') return 'news'
  return formCode !== undefined || fieldErrors !== undefined ? 'failure' : null
}
