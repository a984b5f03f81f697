'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { logOutEverywhere } from './action'

export function LogOutEverywhereForm({ words }: { words: FormWords<never> }) {
  return (
    <Form action={logOutEverywhere} words={words}>
      {() => <SubmitButton words={words} quiet />}
    </Form>
  )
}
