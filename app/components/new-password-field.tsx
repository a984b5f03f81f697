'use client'

import { useEffect, useState } from 'react'
import type { FieldProps } from '@/app/components/field'
import { PasswordField } from '@/app/components/password-field'
import { PasswordRules } from '@/app/components/password-rules'
import { judgeClasses, passwordRules } from '@/lib/accounts/passwords/rule'
import type { FormWords } from '@/lib/words/form-words'
import type { RuleWords } from '@/lib/words/rule-words'

type Props = { field: FieldProps; words: FormWords<string>; rules: RuleWords }

/** A password being chosen, with its rules and how far it meets them as it is typed. */
export function NewPasswordField({ field, words, rules }: Props) {
  const [typed, setTyped] = useState<string>()
  const [settled, setSettled] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed ?? ''), 800)
    return () => clearTimeout(timer)
  }, [typed])
  const hasUnseen = judgeClasses(settled).includes('unseen')
  const note = hasUnseen ? rules.unseen : settled.trim() === settled ? null : rules.outerSpace
  const id = `${field.name}-rules`
  return (
    <PasswordField
      field={field}
      words={words}
      autoComplete="new-password"
      enterKeyHint="go"
      passwordRules={passwordRules}
      describedBy={id}
      onValue={setTyped}
    >
      <PasswordRules id={id} typed={typed} words={rules} />
      <div className="field-news" role="status">
        {note && <p>{note}</p>}
      </div>
    </PasswordField>
  )
}
