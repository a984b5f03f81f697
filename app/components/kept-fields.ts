import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

type Control = HTMLInputElement | HTMLSelectElement

/** Whether React has the document in its hands. Until then it may draw it anew: a stranger's element in it is enough. */
let isTakenOver = false

/** Enough to look something up and come back, and no longer than a page stays open unattended. */
const keptMs = 15 * 60_000

/**
 * Keeps what is typed into a form: when React draws it anew instead of taking it over as it was served, and, passwords
 * excepted, for a quarter of an hour when the tab leaves the page before it is sent; without a key, never then. `forget`, once
 * it is sent, ends that for all forms of the tab.
 */
export function useKeptFields(key: string | null): { form: RefObject<HTMLFormElement | null>; forget: () => void } {
  const form = useRef<HTMLFormElement>(null)
  const isSent = useRef(false)
  const [served] = useState(() => (typeof document === 'undefined' || isTakenOver ? null : readServed()))

  useLayoutEffect(() => {
    isTakenOver = true
    const drawn = form.current
    if (!drawn) return
    // An answer changes them to what was typed.
    const starts = new Map(controlsIn(drawn).map((control) => [control, startOf(control)]))
    if (served) moveInto(drawn, served)
    if (key === null) return
    bringBack(drawn, key)
    const keep = () => isSent.current || keepTyped(starts, key)
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('pagehide', keep)
      keep()
    }
  }, [key, served])

  const forget = () => {
    isSent.current = true
    withStorage((storage) => storage.clear())
  }
  return { form, forget }
}

/** The fields themselves: what is typed into them until they are replaced is still in them then. */
function readServed() {
  return { controls: controlsIn(document), focused: document.activeElement }
}

function moveInto(form: HTMLFormElement, { controls, focused }: ReturnType<typeof readServed>): void {
  for (const drawn of controlsIn(form)) {
    const former = controls.find(({ id }) => id === drawn.id)
    if (!former || former === drawn) continue
    drawn.value = former.value
    if (former !== focused) continue
    drawn.focus()
    if (drawn instanceof HTMLInputElement && former instanceof HTMLInputElement && former.selectionStart !== null)
      drawn.setSelectionRange(former.selectionStart, former.selectionEnd)
  }
}

function keepTyped(starts: Map<Control, string>, key: string): void {
  const typed = [...starts].filter(([control, start]) => !isSecret(control) && control.value !== start)
  if (typed.length === 0) return
  const values = Object.fromEntries(typed.map(([{ name, value }]) => [name, value]))
  withStorage((storage) => storage.setItem(key, JSON.stringify({ at: Date.now(), values })))
}

function bringBack(form: HTMLFormElement, key: string): void {
  withStorage((storage) => {
    const { at = 0, values } = JSON.parse(storage.getItem(key) ?? '{}')
    storage.removeItem(key)
    if (Date.now() - at > keptMs) return
    for (const control of controlsIn(form))
      if (Object.hasOwn(values, control.name) && !isSecret(control) && control.value === startOf(control))
        control.value = values[control.name]
  })
}

function controlsIn(within: ParentNode): Control[] {
  return [...within.querySelectorAll<Control>('form .control')]
}

/** Told by its purpose: while it is shown, its type is that of any text. */
function isSecret(control: Control): boolean {
  return control.matches('[autocomplete$=password]')
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
