'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { FieldProps } from '@/app/components/field'
import { PasswordField } from '@/app/components/password-field'
import { type Judged, PasswordRules, rulesDescription } from '@/app/components/password-rules'
import type { FormWords } from '@/lib/words/form-words'
import type { RuleWords } from '@/lib/words/rule-words'

type Props = { field: FieldProps; words: FormWords<string>; rules: RuleWords }

/** A password being chosen, with its rules and how far it meets them as it is typed. */
export function NewPasswordField({ field, words, rules }: Props) {
  const [judged, setJudged] = useState<Judged>({ broken: null, changed: [] })
  const [typed, setTyped] = useState('')
  const [settled, setSettled] = useState('')
  const latest = useRef('')
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), 800)
    return () => clearTimeout(timer)
  }, [typed])
  const hear = useCallback(
    async (typed: string) => {
      latest.current = typed
      setTyped(typed)
      if (typed === '') return setJudged({ broken: rules.rules.map(([issue]) => issue), changed: [] })
      // Comes when it is needed, so that no page weighs more for it. Where it does not come, nothing is judged.
      const judge = await import('@/app/components/judge-again').catch(() => null)
      if (typed !== latest.current) return
      setJudged((before) => judge?.judgeAgain(before, typed) ?? { broken: null, changed: [] })
    },
    [rules],
  )
  const hasOuterSpace = settled.trim() !== settled
  const note = judged.broken?.includes('unseen') ? rules.unseen : hasOuterSpace ? rules.outerSpace : null
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
