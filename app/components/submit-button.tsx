'use client'

import { useFormStatus } from 'react-dom'
import { type ButtonLook, buttonLook } from '@/app/components/button-look'

type Props = { words: { submit: string; pending: string }; look?: ButtonLook; describedBy?: string }

/** Never disabled, for that would lose the focus: while a submission is under way it says so, and its form sends no second one. */
export function SubmitButton({ words, look, describedBy }: Props) {
  const { pending } = useFormStatus()
  return (
    <>
      <button
        className={buttonLook(look)}
        type="submit"
        aria-describedby={describedBy}
        aria-disabled={pending || undefined}
      >
        {pending ? words.pending : words.submit}
      </button>
      <span className="sr-only" role="status">
        {pending ? words.pending : ''}
      </span>
    </>
  )
}
