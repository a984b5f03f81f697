'use client'

import { useState } from 'react'
import type { FieldProps } from '@/app/components/field'
import { PasswordField } from '@/app/components/password-field'
import { PasswordRules } from '@/app/components/password-rules'
import { passwordRules } from '@/lib/accounts/passwords/rule'
import type { FormWords } from '@/lib/words/form-words'
import type { RuleWords } from '@/lib/words/rule-words'

type Props = { field: FieldProps; words: FormWords<string>; rules: RuleWords }

/** A password being chosen, with its rules and how far it meets them as it is typed. */
export function NewPasswordField({ field, words, rules }: Props) {
  const [typed, setTyped] = useState<string>()
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
    </PasswordField>
  )
}
