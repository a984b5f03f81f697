import { expect } from '@playwright/test'

/** One page in a browser of some engine, worked as its driver can: what people do, and a look at what came of it. */
export type Tab = {
  /** Whether it keeps pages to go back to that forbid it: WebKit heeds that over https alone, and tests have none. */
  keepsPages: boolean
  open(url: string): Promise<void>
  /** Fills a field, found by its name, in the place of what it holds. */
  fill(name: string, text: string): Promise<void>
  /** Presses what a selector finds first. */
  press(selector: string): Promise<void>
  back(): Promise<void>
  forward(): Promise<void>
  /** The value of an expression in the page. */
  read<T>(expression: string): Promise<T>
  picture(): Promise<Buffer>
  /** What the browser complained about on its console so far. */
  complaints(): Promise<string[]>
  close(): Promise<void>
}

/** Waits until the page has this path and its scripts run. */
export async function arrive(tab: Tab, path: string): Promise<void> {
  await expect.poll(() => tab.read('location.pathname').catch(String), { timeout: 20_000 }).toBe(path)
  await expect.poll(() => tab.read('document.readyState').catch(String)).toBe('complete')
}

/** Waits until the page says something. */
export async function hear(tab: Tab, text: string): Promise<void> {
  const said = 'document.querySelector("main").innerText'
  await expect.poll(() => tab.read(said).catch(String), { timeout: 20_000 }).toContain(text)
}
