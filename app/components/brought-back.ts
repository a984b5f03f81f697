import { type Controls, placeOf, startOf, withStorage } from '@/app/components/kept-fields'

/** Enough to look something up and come back, and no longer than a page stays open unattended. */
const keptMs = 15 * 60_000

/**
 * Brings back what was typed into a form, where somebody goes back to it. It is kept no longer then, nor is anything that is too
 * old, of whatever form: nobody comes back to it.
 */
export function bringBack(controls: Controls, key: string | null): void {
  withStorage((storage) => {
    const item = key && storage.getItem(key)
    for (const other of Object.keys(storage))
      if (other === key || !isFresh(storage.getItem(other))) storage.removeItem(other)
    if (!key || !item || !isFresh(item) || !isReturn(key)) return
    const { values } = JSON.parse(item)
    for (const [name, control] of controls)
      if (Object.hasOwn(values, name) && control.value === startOf(control)) control.value = values[name]
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
