import type { Field } from '@/lib/http/multipart'

/**
 * Whether a submission has one of the two shapes in which React sends our forms: hidden fields beside those that people
 * fill in, or the arguments of a call. Everything else its format can express is refused before any decoder sees it.
 */
export function isPlainSubmission(fields: readonly Field[], action: string | null): boolean {
  return action === null ? isOfPage(fields) : isActionId(action) && isOfScript(fields)
}

/** Without scripts: each of the four hidden fields once, with one number. */
function isOfPage(fields: readonly Field[]): boolean {
  const hidden = fields.filter(([name]) => !/^[a-z_]/i.test(name))
  const values = new Map(hidden)
  const number = hidden.map(([name]) => /^\$ACTION_REF_(\d{1,3})$/.exec(name)?.[1]).find(Boolean)
  return (
    hidden.length === 4 &&
    values.get(`$ACTION_REF_${number}`) === '' &&
    isReference(values.get(`$ACTION_${number}:0`)) &&
    isState(parse(values.get(`$ACTION_${number}:1`)), 1) &&
    values.has('$ACTION_KEY')
  )
}

/** With scripts: the fields of the one form that is an argument, and then the arguments. */
function isOfScript(fields: readonly Field[]): boolean {
  const [name, value] = fields.at(-1) ?? []
  if (name !== '0' || !fields.slice(0, -1).every(([each]) => each.startsWith('_1_'))) return false
  const values = parse(value)
  return isState(values, 2) && values[1] === '$K1'
}

function isActionId(text: string): boolean {
  return /^[0-9a-f]{42}$/.test(text)
}

/** To the letter, for the framework looks for the action in the text and React in the JSON. */
function isReference(value: string | undefined): boolean {
  return /^\{"id":"[0-9a-f]{42}","bound":"\$@1"\}$/.test(value ?? '')
}

/** An array of so many, the state of a form first: plain JSON, in which no string is a reference. */
function isState(values: unknown, length: number): values is unknown[] {
  if (!Array.isArray(values) || values.length !== length) return false
  return typeof values[0] === 'object' && !Array.isArray(values[0]) && values[0] !== null && isPlain(values[0], 0)
}

function isPlain(part: unknown, depth: number): boolean {
  if (typeof part === 'string') return !part.startsWith('$') || part.startsWith('$$') || part === '$undefined'
  if (typeof part !== 'object' || part === null) return true
  return depth < 4 && Object.entries(part).every(([key, inner]) => key !== '__proto__' && isPlain(inner, depth + 1))
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
