'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, useActionState } from 'react'
import { ErrorSummary, hasFailed } from '@/app/components/error-summary'
import type { FieldProps } from '@/app/components/field'
import type { FormState } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'

/** What an `action.ts` exports. */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

type Props<Field extends string> = {
  action: FormAction
  words: FormWords<Field>
  /** Draws the fields: `field('email')` gives the props of that field's component. */
  children: (field: (name: Field) => FieldProps) => ReactNode
}

/** A form that works without scripts: the same action, texts and kept values either way. */
export function Form<Field extends string>({ action, words, children }: Props<Field>) {
  // Without its own address React would leave the form's action empty, which HTML does not allow.
  const [state, submit] = useActionState(action, {}, usePathname())
  const names = Object.keys(words.fields) as Field[]
  const field = (name: Field): FieldProps => {
    const { label, hint } = words.fields[name]
    return { name, label, hint, errors: state.fieldErrors?.[name] ?? [], value: state.values?.[name] }
  }
  return (
    <form action={submit} className="form" noValidate>
      {words.titles && <title>{hasFailed(state) ? words.titles.failed : words.titles.plain}</title>}
      <ErrorSummary state={state} words={words} fields={names.map(field)} />
      {names.length > 0 && <p className="required-note">{words.required}</p>}
      {children(field)}
    </form>
  )
}
