'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { keepAccount } from './action'

export function KeepAccountForm({ words }: { words: FormWords<never> }) {
  return (
    <Form action={keepAccount} words={words}>
      {() => <SubmitButton words={words} />}
    </Form>
  )
}
