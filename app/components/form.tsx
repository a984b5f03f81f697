'use client'

import '@/app/components/tolerant-dom'
import { usePathname } from 'next/navigation'
import { type ReactNode, type SubmitEvent, useActionState, useState, useTransition } from 'react'
import { ErrorSummary, hasFailed, type ShownState } from '@/app/components/error-summary'
import type { FieldProps } from '@/app/components/field'
import { type Control, type Controls, placeOf, useKeptFields } from '@/app/components/kept-fields'
import { readForm, send } from '@/app/components/submission'
import type { FormCode } from '@/lib/accounts/codes'
import type { FormState, OpenedWith } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'

/** What an `action.ts` exports. */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

type Props<Field extends string> = {
  action: FormAction
  words: FormWords<Field>
  openedWith?: OpenedWith | undefined
  /** What it sends besides its fields. */
  hidden?: Record<string, string> | undefined
  /** Draws the fields: `field('email')` gives the props of that field's component. */
  children: (field: (name: Field) => FieldProps) => ReactNode
}

/** Where all that proves an account's owner stands together. */
const unkept = ['reset-password', 'account/rehearsal']

/** A form that works without scripts: the same action, texts and kept values either way. With them, nothing that is typed is lost. */
export function Form<Field extends string>({ action, words, openedWith = {}, hidden = {}, children }: Props<Field>) {
  const path = usePathname()
  const names = Object.keys(words.fields) as Field[]
  const query = new URLSearchParams(openedWith).toString()
  const address = query ? `${path}?${query}` : path
  // Without its own address React would leave the form's action empty, which HTML does not allow.
  const [served, serve] = useActionState<FormState, FormData>(action, openedWith, address)
  const [state, setState] = useState<ShownState>(served)
  const [isSending, startSending] = useTransition()
  const place = placeOf(path)
  const key = unkept.includes(place) ? null : `${place} ${openedWith.link} ${names.join()}`
  // As React drew them: in the page strangers may have moved them, and put others of their names beside them.
  const [controls] = useState<Controls>(() => new Map())
  const forget = useKeptFields(controls, key)

  // Sent by hand: what React sends it empties afterwards, and an error on the way would end the page.
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isSending) return
    const data = readForm(controls, hidden)
    startSending(async () => {
      const answer = await sendOn(data)
      // Without an answer the fields stand as the last one left them.
      startSending(() => setState(({ values }) => ({ ...(values && { values }), ...answer })))
    })
  }

  const sendOn = async (data: FormData): Promise<ShownState> => {
    const outcome = await send(action, openedWith, data).catch((leadsOn) => {
      forget()
      throw leadsOn
    })
    if ('trouble' in outcome) {
      const { trouble, reference } = outcome
      return {
        formError: words.troubles[trouble],
        ...(reference && { reference }),
        ...(trouble === 'outdated' && { reloadAt: address }),
      }
    }
    const { answer } = outcome
    if (!hasFailed(answer)) forget()
    emptyRefused(controls, answer)
    return answer
  }

  const field = (name: Field): FieldProps => {
    const errors = state.fieldErrors?.[name] ?? []
    const hold = (control: Control | null) => control && controls.set(name, control)
    return { name, ...words.fields[name], errors, value: state.values?.[name], note: state.fieldNotes?.[name], hold }
  }
  return (
    <form action={serve} noValidate onSubmit={submit}>
      {words.titles && <title>{hasFailed(state) ? words.titles.failed : words.titles.plain}</title>}
      <ErrorSummary state={state} words={words} fields={names.map(field)} />
      {names.length > 0 && <p className="hint">{words.required}</p>}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children(field)}
    </form>
  )
}

const refusesPassword: (FormCode | undefined)[] = ['invalid_credentials', 'wrong_password', 'wrong_former_password']

/** A password that was not the right one is typed again; all else stays. */
function emptyRefused(controls: Controls, { formCode, fieldErrors }: FormState): void {
  const isRefused = refusesPassword.includes(formCode)
  const refused = [isRefused && 'password', (isRefused || fieldErrors?.currentPassword) && 'currentPassword']
  for (const [name, control] of controls) if (refused.includes(name)) control.value = ''
}
