import { useLayoutEffect, useRef, useState } from 'react'

export type Control = HTMLInputElement | HTMLSelectElement

/** The controls that React drew for a form, by the names that the form gave them. */
export type Controls = Map<string, Control>

/** All that may be kept. By the form's own names, for in the page others may change what a field says of itself. */
const kept = [
  'identifier',
  'email',
  'newEmail',
  'username',
  'firstName',
  'lastName',
  'country',
  'organizationType',
  'locale',
]

/** Whether React has the document in its hands. Until then it may draw it anew: a stranger's element in it is enough. */
let isTakenOver = false

/** Enough to look something up and come back, and no longer than a page stays open unattended. */
const keptMs = 15 * 60_000

/**
 * Keeps what is typed into a form: when React draws it anew instead of taking it over as it was served, and, passwords
 * excepted, for a quarter of an hour for whoever goes back to it; without a key, never then. What it returns ends that for all
 * forms of the tab, once one is sent.
 */
export function useKeptFields(controls: Controls, key: string | null): () => void {
  const isSent = useRef(false)
  const [served] = useState(() => (typeof document === 'undefined' || isTakenOver ? null : readServed()))

  useLayoutEffect(() => {
    isTakenOver = true
    // An answer changes them to what was typed.
    const starts = new Map([...controls].map(([name, control]) => [name, startOf(control)]))
    if (served) moveInto(controls, served)
    if (key === null) return
    bringBack(controls, key)
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

/** Ends what the tab has kept for too long, on whatever page: nobody comes back to it. */
export function useForgottenInTime(): void {
  useLayoutEffect(() => {
    withStorage((storage) => {
      for (const key of Object.keys(storage)) if (!isFresh(storage.getItem(key))) storage.removeItem(key)
    })
  }, [])
}

/** A path without its language. */
export function placeOf(path: string): string {
  return path.split('/').slice(2).join('/')
}

/** The fields themselves: what is typed into them until they are replaced is still in them then. */
function readServed() {
  return { fields: [...document.querySelectorAll<Control>('form .control')], focused: document.activeElement }
}

function moveInto(controls: Controls, { fields, focused }: ReturnType<typeof readServed>): void {
  for (const [name, drawn] of controls) {
    if (fields.includes(drawn)) continue
    const same = fields.filter((field) => field.id === name && field.name === name && field.tagName === drawn.tagName)
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
  const typed = [...controls].filter(([name, { value }]) => kept.includes(name) && value !== starts.get(name))
  if (typed.length === 0) return
  const values = Object.fromEntries(typed.map(([name, { value }]) => [name, value]))
  withStorage((storage) => storage.setItem(key, JSON.stringify({ at: Date.now(), values })))
}

function bringBack(controls: Controls, key: string): void {
  withStorage((storage) => {
    const item = storage.getItem(key)
    storage.removeItem(key)
    if (!isFresh(item) || !isReturn(key)) return
    const { values } = JSON.parse(item ?? '{}')
    for (const [name, control] of controls)
      if (kept.includes(name) && Object.hasOwn(values, name) && control.value === startOf(control))
        control.value = values[name]
  })
}

function isFresh(item: string | null): boolean {
  const { at = 0 } = JSON.parse(item ?? '{}')
  return Date.now() - at <= keptMs
}

/** Whether the tab goes back to the form, or on from it in another language, rather than opens it anew. Not every browser tells. */
function isReturn(key: string): boolean {
  const { activation } = window.navigation ?? {}
  if (!activation || ['reload', 'traverse'].includes(activation.navigationType)) return true
  const { url } = activation.from ?? {}
  return Boolean(url) && key.startsWith(`${placeOf(new URL(`${url}`).pathname)} `)
}

/** What it held when it was served. */
function startOf(control: Control): string {
  if (control instanceof HTMLInputElement) return control.defaultValue
  return [...control.options].find(({ defaultSelected }) => defaultSelected)?.value ?? control.options[0]?.value ?? ''
}

/** A browser may refuse any storage: then nothing is kept. */
function withStorage(use: (storage: Storage) => void): void {
  try {
    use(sessionStorage)
  } catch {}
}
