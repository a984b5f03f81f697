'use client'

import { useState } from 'react'
import { FieldNews, type FieldProps } from '@/app/components/field'
import { TextField } from '@/app/components/text-field'

type Props = {
  field: FieldProps
  words: { probableDomain: string }
  /** `username` beside a new password, so that password managers file it under this e-mail. */
  autoComplete: 'email' | 'username'
}

/** An e-mail. When scripts run, one with a likely slip in its domain is asked about, mended by a press, and taken all the same. */
export function EmailField({ field, words, autoComplete }: Props) {
  const [slip, setSlip] = useState<{ input: HTMLInputElement; meant: string; mended: string } | null>(null)
  const news = `${field.name}-news`
  // Comes when it is needed, so that no page weighs more for it. Where it does not come, nothing is asked.
  const look = async (input: HTMLInputElement) => {
    const judge = await import('@/app/components/probable-domain').catch(() => null)
    const meant = judge?.probableDomain(input.value)
    setSlip(judge && meant ? { input, meant, mended: judge.atDomain(input.value, meant) } : null)
  }
  const mend = ({ input, mended }: NonNullable<typeof slip>) => {
    input.value = mended
    setSlip(null)
    input.focus()
  }
  const [before, after] = words.probableDomain.split('{domain}')
  return (
    <TextField
      field={field}
      type="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      enterKeyHint="next"
      onBlur={(event) => look(event.target)}
      describedBy={slip && news}
    >
      <FieldNews id={news}>
        {slip && (
          <p>
            {before}
            <button type="button" onClick={() => mend(slip)}>
              <bdi dir="ltr">{slip.meant}</bdi>
            </button>
            {after}
          </p>
        )}
      </FieldNews>
    </TextField>
  )
}
