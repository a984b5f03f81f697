'use client'

import { Form } from '@/app/components/form'
import { IdentityFields } from '@/app/components/identity-fields'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/words/form-words'
import type { IdentityField, IdentityOptions } from '@/lib/words/identity-words'
import { submit } from './action'

type Props = { words: FormWords<IdentityField>; options: IdentityOptions }

export function RehearsalForm({ words, options }: Props) {
  return (
    <Form action={submit} words={words}>
      {(field) => (
        <>
          <IdentityFields field={field} words={words} options={options} emailIs="email" />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
