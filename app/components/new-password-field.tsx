'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { FieldNews, type FieldProps } from '@/app/components/field'
import { PasswordField } from '@/app/components/password-field'
import { type Judged, PasswordRules, rulesDescription } from '@/app/components/password-rules'
import type { FormWords } from '@/lib/words/form-words'
import type { RuleWords } from '@/lib/words/rule-words'

type Props = { field: FieldProps; words: FormWords<string>; rules: RuleWords }

/** A password being chosen, with its rules and how far it meets them as it is typed. */
export function NewPasswordField({ field, words, rules }: Props) {
  const [judged, setJudged] = useState<Judged>({ typed: '', broken: null, changed: [] })
  const [note, setNote] = useState<string | null>(null)
  const latest = useRef('')
  const refused = useRef('')
  useEffect(() => {
    if (field.errors.length > 0) refused.current = latest.current
  }, [field.errors])
  const hear = useCallback(
    async (typed: string) => {
      latest.current = typed
      if (typed === '') {
        setJudged({ typed, broken: rules.rules.map(([issue]) => issue), changed: [] })
        return setNote(null)
      }
      // Comes when it is needed, so that no page weighs more for it. Where it does not come, nothing is judged.
      const judge = await import('@/app/components/judge-again').catch(() => null)
      if (typed !== latest.current) return
      setJudged((before) => judge?.judgeAgain(before, typed) ?? { typed, broken: null, changed: [] })
      const note = await judge?.noteOn(typed, rules)
      if (typed === latest.current) setNote(note ?? null)
    },
    [rules],
  )
  // What was said of another password no longer holds of one that meets the rules.
  const isMended = judged.typed !== refused.current && judged.broken?.length === 0
  const id = `${field.name}-rules`
  return (
    <PasswordField
      // Where scripts run the note below says what the field's own would.
      field={{ ...field, errors: isMended ? [] : field.errors, note: judged.broken ? undefined : field.note }}
      words={words}
      autoComplete="new-password"
      enterKeyHint="go"
      passwordRules={rules.forManagers}
      describedBy={rulesDescription(id, rules)}
      onValue={hear}
    >
      <PasswordRules id={id} judged={judged} words={rules} />
      <FieldNews>{note && <p>{note}</p>}</FieldNews>
    </PasswordField>
  )
}
