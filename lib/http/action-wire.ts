/** What a string of React's wire format may refer to in a form of ours: the bound state, the form's fields, nothing. */
const references = new Set(['$@1', '$K1', '$undefined'])

/**
 * Whether a submission has the one shape in which React sends our forms: a plain state and plain fields. Everything else
 * its format can express (promises, iterators, typed arrays, functions) is refused before any decoder sees it.
 */
export function isPlainSubmission(form: FormData, actionHeader: string | null): boolean {
  if (actionHeader !== null && !isActionId(actionHeader)) return false
  let actions = actionHeader === null ? 0 : 1
  for (const [name, value] of form) {
    if (/^\d+$/.test(name) && !(actionHeader !== null && name === '0' && isPlain(value))) return false
    if (!name.startsWith('$')) continue
    if (name === '$ACTION_KEY') continue
    if (/^\$ACTION_\d+:0$/.test(name) && isReference(value) && form.has(name.replace(/0$/, '1'))) continue
    if (/^\$ACTION_\d+:1$/.test(name) && isPlain(value)) continue
    if (!/^\$ACTION_REF_\d+$/.test(name) || !form.has(name.replace(/REF_(\d+)$/, '$1:0'))) return false
    actions += 1
  }
  return actions === 1
}

function isActionId(text: unknown): boolean {
  return typeof text === 'string' && /^[0-9a-f]{42}$/.test(text)
}

function isReference(value: unknown): boolean {
  const reference = parse(value)
  return isObject(reference) && isActionId(reference.id) && reference.bound === '$@1'
}

/** An array of plain JSON, in which every string that React would read as a reference is one of the few above. */
function isPlain(value: unknown): boolean {
  const parsed = parse(value)
  return Array.isArray(parsed) && parsed.length <= 2 && parsed.every((part) => isPlainPart(part, 0))
}

function isPlainPart(part: unknown, depth: number): boolean {
  if (typeof part === 'string') return !part.startsWith('$') || part.startsWith('$$') || references.has(part)
  if (typeof part !== 'object' || part === null) return true
  return depth < 4 && Object.entries(part).every(([key, inner]) => key !== '__proto__' && isPlainPart(inner, depth + 1))
}

function parse(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
