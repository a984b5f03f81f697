'use client'

import { useFormStatus } from 'react-dom'

type Props = { words: { submit: string; pending: string }; quiet?: boolean; describedBy?: string }

/** Never disabled, for that would lose the focus: while a submission is under way it says so, and its form sends no second one. */
export function SubmitButton({ words, quiet = false, describedBy }: Props) {
  const { pending } = useFormStatus()
  return (
    <>
      <button
        className={quiet ? 'button' : 'button button-primary'}
        type="submit"
        aria-describedby={describedBy}
        aria-disabled={pending || undefined}
      >
        {pending ? words.pending : words.submit}
      </button>
      <span className="visually-hidden" role="status">
        {pending ? words.pending : ''}
      </span>
    </>
  )
}
