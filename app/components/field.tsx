import type { ReactNode } from 'react'
import type { Control } from '@/app/components/kept-fields'

/** What every field knows: its words, what is wrong with it, and what was typed into it last time. */
export type FieldProps = {
  name: string
  label: string
  hint?: string
  /** What a list says before anything of it is chosen. */
  choose?: string
  errors: string[]
  value: string | undefined
  /** What is to be said of what was typed, though it may be right. */
  note?: string | undefined
  /** Takes the control that React drew. */
  hold: (control: Control | null) => void
}

/** Label, hint and errors around one control, which takes `controlProps` of the same field. */
export function Field({ field, children }: { field: FieldProps; children: ReactNode }) {
  const { name, label, hint, errors, note } = field
  return (
    <div className="field">
      <label htmlFor={name} id={`${name}-label`}>
        {label}
      </label>
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <ul id={`${name}-errors`}>
          {errors.map((error) => (
            <li key={error}>{error}</li>
          ))}
        </ul>
      )}
      {note && (
        <p className="hint" id={`${name}-note`}>
          {note}
        </p>
      )}
      {children}
    </div>
  )
}

/** Two fields that belong together: on one row where there is room. */
export function FieldPair({ children }: { children: ReactNode }) {
  return <div className="pair">{children}</div>
}

/** Something about a field that turns up while it is used, and is said aloud then. */
export function FieldNews({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <div className="news" id={id} role="status">
      {children}
    </div>
  )
}

/**
 * Ties a control to the label of its field, and to the errors or else the hint, which they repeat. `required` and what the
 * browser finds invalid would be told at every empty field before anything is typed: the server alone judges.
 */
export function controlProps(
  { name, hint, errors, note, hold }: FieldProps,
  ...descriptions: (string | null | undefined)[]
) {
  const wrong = errors.length > 0
  const described = [wrong ? `${name}-errors` : hint && `${name}-hint`, note && `${name}-note`, ...descriptions]
    .filter(Boolean)
    .join(' ')
  return {
    id: name,
    ref: hold,
    name,
    'aria-required': true,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong,
  }
}
