'use client'

import { CurrentPasswordField } from '@/app/components/current-password-field'
import { Form } from '@/app/components/form'
import { PersonFields } from '@/app/components/identity-fields'
import { SubmitButton } from '@/app/components/submit-button'
import { UsernameForManagers } from '@/app/components/username-for-managers'
import type { FormWords } from '@/lib/words/form-words'
import type { IdentityField, IdentityOptions } from '@/lib/words/identity-words'
import { submit } from './action'

type Detail = Exclude<IdentityField, 'email'>
type Props = {
  words: FormWords<Detail | 'currentPassword'>
  options: IdentityOptions
  present: Record<IdentityField, string>
}

export function ChangeDetailsForm({ words, options, present }: Props) {
  return (
    <Form action={submit} words={words}>
      {(field) => (
        <>
          <UsernameForManagers email={present.email} />
          <PersonFields
            field={(name) => ({ ...field(name), value: field(name).value ?? present[name] })}
            options={options}
          />
          <CurrentPasswordField field={field('currentPassword')} words={words} />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
