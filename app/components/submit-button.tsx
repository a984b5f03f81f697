'use client'

import { useFormStatus } from 'react-dom'

type Props = { words: { submit: string; pending: string }; quiet?: boolean }

/** Never disabled, for that would lose the focus: while a submission is under way a second one is not sent. */
export function SubmitButton({ words, quiet = false }: Props) {
  const { pending } = useFormStatus()
  return (
    <button
      className={quiet ? 'button' : 'button button-primary'}
      type="submit"
      aria-disabled={pending || undefined}
      onClick={(event) => pending && event.preventDefault()}
    >
      {pending ? words.pending : words.submit}
    </button>
  )
}
