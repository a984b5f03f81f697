'use client'

import { Form } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { FormWords } from '@/lib/i18n/form-words'
import { endSession } from './action'

export function EndSessionForm({ words, session }: { words: FormWords<never>; session: string }) {
  return (
    <Form action={endSession} words={words}>
      {() => (
        <>
          <input type="hidden" name="session" value={session} />
          <SubmitButton words={words} quiet describedBy={`browser-${session}`} />
        </>
      )}
    </Form>
  )
}
