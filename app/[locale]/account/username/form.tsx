'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import { TextField } from '@/app/components/text-field'
import type { FormWords } from '@/lib/words/form-words'
import { submit } from './action'

type Props = { words: FormWords<'username'>; current: string | null }

export function UsernameForm({ words, current }: Props) {
  return (
    <Form action={submit} words={words}>
      {(field) => (
        <>
          <TextField
            field={{ ...field('username'), value: field('username').value ?? current ?? undefined }}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            enterKeyHint="done"
          />
          <SubmitButton words={words} />
        </>
      )}
    </Form>
  )
}
