'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { removeUsername } from './action'

export function RemoveUsernameForm({ words }: { words: FormWords<never> }) {
  return (
    <Form action={removeUsername} words={words}>
      {() => <SubmitButton words={words} quiet />}
    </Form>
  )
}
