import { useLayoutEffect, useRef, useState } from 'react'

export type Control = HTMLInputElement | HTMLSelectElement

/** The controls that React drew for a form, by the names that the form gave them. */
export type Controls = Map<string, Control>

/** By the form's own names, for in the page others may change what a field says of itself. */
const secret = /password/i

/** Whether React has the document in its hands. Until then it may draw it anew: a stranger's element in it is enough. */
let isTakenOver = false

/** What had the focus last: what React draws anew has none by the time it stands. */
let focused: EventTarget | null = null
if (typeof window !== 'undefined') {
  focused = document.activeElement
  addEventListener('focusin', ({ target }) => {
    focused = target
  })
}

/**
 * Keeps what is typed into a form: when React draws it anew instead of taking it over as it was served, and, passwords
 * excepted, for a quarter of an hour for whoever goes back to it; without a key, never then. What it returns ends that for all
 * forms of the tab, once one is sent.
 */
export function useKeptFields(controls: Controls, key: string | null): () => void {
  const isSent = useRef(false)
  const [served] = useState(() => (typeof window === 'undefined' || isTakenOver ? null : readServed()))

  useLayoutEffect(() => {
    isTakenOver = true
    // An answer changes them to what was typed.
    const starts = new Map([...controls].map(([name, control]) => [name, startOf(control)]))
    if (served) moveInto(controls, served)
    // Comes where the tab keeps something, so that no page weighs more for it.
    withStorage((storage) => {
      if (storage.length > 0)
        import('@/app/components/brought-back').then(
          ({ bringBack }) => bringBack(controls, key),
          () => null,
        )
    })
    if (key === null) return
    const keep = () => isSent.current || keepTyped(controls, starts, key)
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [controls, key, served])

  return () => {
    isSent.current = true
    withStorage((storage) => storage.clear())
  }
}

/** A path without its language. */
export function placeOf(path: string): string {
  return path.split('/').slice(2).join('/')
}

/** The fields themselves: what is typed into them until they are replaced is still in them then. */
function readServed(): Control[] {
  return [...document.querySelectorAll<Control>('form .control')]
}

function moveInto(controls: Controls, fields: Control[]): void {
  for (const [name, drawn] of controls) {
    if (fields.includes(drawn)) continue
    const same = fields.filter((field) => field.name === name && field.tagName === drawn.tagName)
    const typed = same.find((field) => field.value !== startOf(field))
    if (typed) drawn.value = typed.value
    const former = same.find((field) => field === focused)
    if (!former) continue
    drawn.focus()
    if (drawn instanceof HTMLInputElement && former instanceof HTMLInputElement && former.selectionStart !== null)
      drawn.setSelectionRange(former.selectionStart, former.selectionEnd)
  }
}

function keepTyped(controls: Controls, starts: Map<string, string>, key: string): void {
  const typed = [...controls].filter(([name, { value }]) => !secret.test(name) && value !== starts.get(name))
  if (typed.length === 0) return
  const values = Object.fromEntries(typed.map(([name, { value }]) => [name, value]))
  withStorage((storage) => storage.setItem(key, JSON.stringify({ at: Date.now(), values })))
}

/** What it held when it was served. */
export function startOf(control: Control): string {
  if (control instanceof HTMLInputElement) return control.defaultValue
  return [...control.options].find(({ defaultSelected }) => defaultSelected)?.value ?? control.options[0]?.value ?? ''
}

/** A browser may refuse any storage: then nothing is kept. */
export function withStorage(use: (storage: Storage) => void): void {
  try {
    use(sessionStorage)
  } catch {}
}
