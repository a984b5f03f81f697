import { hasOuterSpace } from '@/lib/accounts/passwords/rule'
import { outerSpaceText } from '@/lib/http/outer-space'
import { shownEmail } from '@/lib/shown-email'

/** A text for each of a form's fields, where there is one. */
export type Typed<Field extends string> = Partial<Record<Field, string>>

/** Exactly one string per field; anything else (absent, repeated, a file) is left undefined for the schema to refuse. */
export function readFields<Field extends string>(form: unknown, fields: Field[]): Typed<Field> {
  if (!(form instanceof FormData)) return {}
  const typed: Typed<Field> = {}
  for (const field of fields) {
    const [value, ...more] = form.getAll(field)
    if (typeof value === 'string' && more.length === 0) typed[field] = value
  }
  return typed
}

/** What a form shows again of what was typed: no password, and nothing longer than a field takes. */
export function echo<Field extends string>(typed: Typed<Field>): Typed<Field> {
  const shown = valuesOf(typed).filter(([field, value]) => !isPassword(field) && value.length <= 320)
  return Object.fromEntries(shown.map(([field, value]) => [field, shownEmail(value)])) as Typed<Field>
}

/** What is to be known of what was typed, whether or not it stands in the way. */
export async function notesOn<Field extends string>(typed: Typed<Field>): Promise<Typed<Field>> {
  const text = await outerSpaceText()
  const spaced = valuesOf(typed).filter(([field, value]) => isPassword(field) && hasOuterSpace(value))
  return Object.fromEntries(spaced.map(([field]) => [field, text])) as Typed<Field>
}

function isPassword(field: string): boolean {
  return /password/i.test(field)
}

function valuesOf(typed: object): [string, string][] {
  return Object.entries(typed)
}
