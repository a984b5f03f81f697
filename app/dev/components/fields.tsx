'use client'

import { EmailField } from '@/app/components/email-field'
import { ErrorSummary } from '@/app/components/error-summary'
import { FieldPair, type FieldProps } from '@/app/components/field'
import { PersonFields } from '@/app/components/identity-fields'
import { NewPasswordField } from '@/app/components/new-password-field'
import { PasswordField } from '@/app/components/password-field'
import { SubmitButton } from '@/app/components/submit-button'
import { TextField } from '@/app/components/text-field'
import type { FormWords } from '@/lib/words/form-words'
import type { IdentityField, IdentityOptions } from '@/lib/words/identity-words'
import type { RuleWords } from '@/lib/words/rule-words'

type Name = IdentityField | 'password' | 'newPassword'
type Props = { words: FormWords<Name>; rules: RuleWords; options: IdentityOptions }

/** Fields as they are before anything is typed, filled, and refused. */
export function Fields({ words, rules, options }: Props) {
  const field = (name: Name, state: Partial<FieldProps> = {}): FieldProps => ({
    errors: [],
    value: undefined,
    ...words.fields[name],
    name,
    hold: () => undefined,
    ...state,
  })
  const refused = [words.troubles.lost]
  const wrong = [
    field('firstName', { name: 'wrongFirst', errors: refused }),
    field('lastName', { name: 'wrongLast', errors: refused }),
  ] as const
  return (
    <>
      <ErrorSummary state={{ formError: words.troubles.silent, reference: '0badc0de' }} words={words} fields={[]} />
      <EmailField field={field('email', { value: 'robin@example.org' })} words={words} autoComplete="email" />
      <PersonFields field={field} options={options} />
      <FieldPair>
        <TextField field={wrong[0]} />
        <TextField field={wrong[1]} />
      </FieldPair>
      <PasswordField
        field={field('password', { errors: refused })}
        words={words}
        autoComplete="current-password"
        enterKeyHint="go"
      />
      <NewPasswordField field={field('newPassword')} words={words} rules={rules} />
      <SubmitButton words={words} />
      <SubmitButton words={words} look="quiet" />
      <SubmitButton words={words} look="danger" />
    </>
  )
}
