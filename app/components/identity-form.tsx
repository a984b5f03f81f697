'use client'

import { Form, type FormAction } from '@/app/components/form'
import { IdentityFields } from '@/app/components/identity-fields'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/words/form-words'
import type { IdentityField, IdentityOptions } from '@/lib/words/identity-words'

type Props = { action: FormAction; words: FormWords<IdentityField>; options: IdentityOptions }

/** A form that asks who somebody is. */
export function IdentityForm({ action, words, options }: Props) {
  return (
    <Form action={action} words={words}>
      {(field) => (
        <>
          <IdentityFields field={field} words={words} options={options} emailIs="email" />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
