'use client'

import { type ReactNode, useActionState } from 'react'
import { ErrorSummary, toneOf } from '@/app/components/error-summary'
import type { FieldProps } from '@/app/components/field'
import type { FormState } from '@/lib/http/form'
import type { FormWords } from '@/lib/i18n/form-words'

type Props<Field extends string> = {
  action: (previous: FormState, form: FormData) => Promise<FormState>
  words: FormWords<Field>
  /** Draws the fields: `field('email')` gives the props of that field's component. */
  children: (field: (name: Field) => FieldProps) => ReactNode
}

/** A form that works without scripts: the same action, texts and kept values either way. */
export function Form<Field extends string>({ action, words, children }: Props<Field>) {
  const [state, submit] = useActionState(action, {})
  const names = Object.keys(words.fields) as Field[]
  const field = (name: Field): FieldProps => {
    const { label, hint, errors } = words.fields[name]
    const found = (state.fieldCodes?.[name] ?? []).map((code) => errors[code] ?? errors.invalid)
    return { name, label, hint, errors: found, value: state.values?.[name] }
  }
  return (
    <form action={submit} className="form" noValidate>
      {words.titles && <title>{toneOf(state) === 'failure' ? words.titles.failed : words.titles.plain}</title>}
      <ErrorSummary state={state} words={words} fields={names.map(field)} />
      {names.length > 0 && <p className="required-note">{words.required}</p>}
      {children(field)}
    </form>
  )
}
