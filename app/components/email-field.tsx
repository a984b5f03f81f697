'use client'

import { useState } from 'react'
import type { FieldProps } from '@/app/components/field'
import { TextField } from '@/app/components/text-field'

type Props = {
  field: FieldProps
  words: { probableDomain: string }
  /** `username` beside a new password, so that password managers file it under this e-mail. */
  autoComplete: 'email' | 'username'
}

/** An e-mail. When scripts run, one with a likely slip in its domain is asked about, and taken all the same. */
export function EmailField({ field, words, autoComplete }: Props) {
  const [meant, setMeant] = useState<string | null>(null)
  const news = `${field.name}-news`
  // Comes when it is needed, so that no page weighs more for it. Where it does not come, nothing is asked.
  const look = async (email: string) => {
    const judge = await import('@/app/components/probable-domain').catch(() => null)
    setMeant(judge?.probableDomain(email) ?? null)
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
      onBlur={(event) => look(event.target.value)}
      describedBy={meant !== null && news}
    >
      <div className="field-news" id={news} role="status">
        {meant && (
          <p>
            {before}
            <bdi dir="ltr">{meant}</bdi>
            {after}
          </p>
        )}
      </div>
    </TextField>
  )
}
