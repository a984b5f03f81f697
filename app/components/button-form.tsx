'use client'

import type { ComponentProps } from 'react'
import { Form, type FormAction } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { OpenedWith } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'

type Props = Omit<ComponentProps<typeof SubmitButton>, 'words'> & {
  action: FormAction
  words: FormWords<never>
  openedWith?: OpenedWith
  /** What it sends, if anything. */
  hidden?: Record<string, string>
}

/** A form that is only a button. */
export function ButtonForm({ action, words, openedWith, hidden, ...button }: Props) {
  return (
    <Form action={action} words={words} openedWith={openedWith} hidden={hidden}>
      {() => <SubmitButton words={words} {...button} />}
    </Form>
  )
}
