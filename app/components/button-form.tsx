'use client'

import type { ComponentProps, ReactNode } from 'react'
import { Form, type FormAction } from '@/app/components/form'
import { SubmitButton } from '@/app/components/submit-button'
import type { OpenedWith } from '@/lib/http/form'
import type { FormWords } from '@/lib/words/form-words'

type Props = Omit<ComponentProps<typeof SubmitButton>, 'words'> & {
  action: FormAction
  words: FormWords<never>
  openedWith?: OpenedWith
  /** Hidden fields, if it sends any. */
  children?: ReactNode
}

/** A form that is only a button. */
export function ButtonForm({ action, words, openedWith, children, ...button }: Props) {
  return (
    <Form action={action} words={words} openedWith={openedWith}>
      {() => (
        <>
          {children}
          <SubmitButton words={words} {...button} />
        </>
      )}
    </Form>
  )
}
