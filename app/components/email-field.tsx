'use client'

import { useRef, useState } from 'react'
import { FieldNews, type FieldProps } from '@/app/components/field'
import type { Control } from '@/app/components/kept-fields'
import { TextField } from '@/app/components/text-field'

type Props = {
  field: FieldProps
  words: { probableDomain: string }
  /** `username` beside a new password, so that password managers file it under this e-mail. */
  autoComplete: 'email' | 'username'
}

/** An e-mail. When scripts run, one with a likely slip in its domain is asked about, mended by a press, and taken all the same. */
export function EmailField({ field, words, autoComplete }: Props) {
  const [meant, setMeant] = useState<string | null>(null)
  const input = useRef<Control>(null)
  const news = `${field.name}-news`
  // Comes when it is needed, so that no page weighs more for it. Where it does not come, nothing is asked.
  const look = async (email: string) => {
    const judge = await import('@/app/components/probable-domain').catch(() => null)
    setMeant(judge?.probableDomain(email) ?? null)
  }
  const hold = (control: Control | null) => {
    input.current = control
    field.hold(control)
  }
  const mend = () => {
    const typed = input.current
    if (!typed) return
    typed.value = `${typed.value.split('@')[0]}@${meant}`
    setMeant(null)
    typed.focus()
  }
  const [before, after] = words.probableDomain.split('{domain}')
  return (
    <TextField
      field={{ ...field, hold }}
      type="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      enterKeyHint="next"
      onBlur={(event) => look(event.target.value)}
      describedBy={meant !== null && news}
    >
      <FieldNews id={news}>
        {meant && (
          <p>
            {before}
            <button type="button" onClick={mend}>
              <bdi dir="ltr">{meant}</bdi>
            </button>
            {after}
          </p>
        )}
      </FieldNews>
    </TextField>
  )
}
