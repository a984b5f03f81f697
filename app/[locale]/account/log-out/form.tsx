'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { logOut } from './action'

export function LogOutForm({ words }: { words: FormWords<never> }) {
  return (
    <Form action={logOut} words={words}>
      {() => <SubmitButton words={words} quiet />}
    </Form>
  )
}
