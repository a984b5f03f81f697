'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { controlProps, Field, FieldNews, type FieldProps } from '@/app/components/field'

type Props = {
  field: FieldProps
  words: { show: string; hide: string; shown: string; hidden: string; capsLock: string }
  autoComplete: 'current-password' | 'new-password'
  enterKeyHint: 'next' | 'go'
  passwordRules?: string
  describedBy?: string
  /** Hears what is typed, once scripts run; must stay the same function. */
  onValue?: (value: string) => void
  children?: ReactNode
}

/** A password with a button that shows it. The button needs scripts and appears with them; any submission hides again. */
export function PasswordField({
  field,
  words,
  autoComplete,
  enterKeyHint,
  passwordRules,
  describedBy,
  onValue,
  children,
}: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [ready, setReady] = useState(false)
  const [shown, setShown] = useState<boolean>()
  const [capsLock, setCapsLock] = useState(false)

  useEffect(() => {
    const field = input.current
    const form = field?.form
    // Native events: React misses an input whose value equals the one that was there before.
    const tell = () => onValue?.(field?.value ?? '')
    // Without a word: whoever sends it knows.
    const hide = () => setShown(undefined)
    const restart = () => {
      hide()
      setTimeout(tell)
    }
    const ending = new AbortController()
    setReady(true)
    tell()
    field?.addEventListener('input', tell, ending)
    form?.addEventListener('submit', hide, ending)
    addEventListener('pageshow', restart, ending)
    return () => ending.abort()
  }, [onValue])

  const lookAtCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  const rules = passwordRules && { passwordrules: passwordRules }
  return (
    <Field field={field}>
      <div className="password edged">
        <input
          className="control"
          // Not before a click that led away has ended: what is below moves.
          onBlur={() => setTimeout(setCapsLock, 500, false)}
          onKeyDown={lookAtCapsLock}
          onKeyUp={lookAtCapsLock}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          autoCorrect="off"
          autoComplete={autoComplete}
          enterKeyHint={enterKeyHint}
          spellCheck={false}
          {...controlProps(field, describedBy)}
          ref={(control) => {
            input.current = control
            field.hold(control)
          }}
          {...rules}
        />
        <button
          id={`${field.name}-reveal`}
          type="button"
          aria-controls={field.name}
          aria-labelledby={`${field.name}-reveal ${field.name}-label`}
          hidden={!ready}
          onClick={() => setShown(!shown)}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path
              d={`M2 12c5-8 15-8 20 0-5 8-15 8-20 0M9 12a3 3 0 1 0 6 0 3 3 0 1 0-6 0${shown ? 'M4 20 20 4' : ''}`}
            />
          </svg>
          {shown ? words.hide : words.show}
        </button>
        <span className="sr-only" role="status">
          {shown === undefined ? '' : shown ? words.shown : words.hidden}
        </span>
      </div>
      <FieldNews>{capsLock && <p>{words.capsLock}</p>}</FieldNews>
      {children}
    </Field>
  )
}
