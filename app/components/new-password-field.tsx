'use client'

import { useCallback, useRef, useState } from 'react'
import type { FieldProps } from '@/app/components/field'
import { PasswordField } from '@/app/components/password-field'
import { type Judged, PasswordRules, rulesDescription } from '@/app/components/password-rules'
import type { FormWords } from '@/lib/words/form-words'
import type { RuleWords } from '@/lib/words/rule-words'

type Props = { field: FieldProps; words: FormWords<string>; rules: RuleWords }

/** A password being chosen, with its rules and how far it meets them as it is typed. */
export function NewPasswordField({ field, words, rules }: Props) {
  const [judged, setJudged] = useState<Judged>({ broken: null, changed: [] })
  const [note, setNote] = useState<string | null>(null)
  const latest = useRef('')
  const hear = useCallback(
    async (typed: string) => {
      latest.current = typed
      if (typed === '') {
        setJudged({ broken: rules.rules.map(([issue]) => issue), changed: [] })
        return setNote(null)
      }
      // Comes when it is needed, so that no page weighs more for it. Where it does not come, nothing is judged.
      const judge = await import('@/app/components/judge-again').catch(() => null)
      if (typed !== latest.current) return
      setJudged((before) => judge?.judgeAgain(before, typed) ?? { broken: null, changed: [] })
      const note = await judge?.noteOn(typed, rules)
      if (typed === latest.current) setNote(note ?? null)
    },
    [rules],
  )
  const id = `${field.name}-rules`
  return (
    <PasswordField
      // Where scripts run the note below says it.
      field={judged.broken ? { ...field, note: undefined } : field}
      words={words}
      autoComplete="new-password"
      enterKeyHint="go"
      passwordRules={rules.forManagers}
      describedBy={rulesDescription(id, rules)}
      onValue={hear}
    >
      <PasswordRules id={id} judged={judged} words={rules} />
      <div className="field-news" role="status">
        {note && <p>{note}</p>}
      </div>
    </PasswordField>
  )
}
