import { expect } from '@playwright/test'
import { type Browser, type ElementHandle, type LaunchOptions, launch } from 'puppeteer-core'
import { chromiumOptions, findChromium } from '@/tests/support/browser/chromium'
import type { Tab } from '@/tests/support/engines/tab'

export type Size = { width: number; height: number }

export async function openChromium(size: Size): Promise<Tab> {
  const { chromiumSandbox, args = [] } = chromiumOptions
  const sandbox = chromiumSandbox ? [] : ['--no-sandbox']
  return openTab(
    await launch({ executablePath: await findChromium(), headless: 'shell', args: [...args, ...sandbox] }),
    size,
  )
}

/** Opens Debian's Firefox, which speaks WebDriver BiDi by itself. */
export async function openFirefox(size: Size): Promise<Tab> {
  // Chromium's bar for scrolling takes no room either.
  return openTab(await launchFirefox({ extraPrefsFirefox: { 'ui.useOverlayScrollbars': 1 } }), size)
}

/** Starts Debian's Firefox; `FIREFOX_PATH` names another. */
export function launchFirefox(options: LaunchOptions): Promise<Browser> {
  const executablePath = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr'
  // A first start takes long where much else runs.
  const patience = { timeout: 180_000, protocolTimeout: 180_000 }
  return launch({ browser: 'firefox', executablePath, defaultViewport: null, ...patience, ...options })
}

async function openTab(browser: Browser, size: Size): Promise<Tab> {
  const page = await browser.newPage()
  // Firefox ESR cannot turn a screen: the size is set all the same.
  await page.setViewport(size).catch(({ message }) => expect(message).toContain('unknown command'))
  await expect.poll(() => page.evaluate('innerWidth')).toBe(size.width)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['warn', 'error'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  // Its locators have Firefox evaluate texts, which the pages forbid.
  const find = async (selector: string) => {
    await expect.poll(() => page.$(selector), { timeout: 20_000 }).not.toBeNull()
    return (await page.$(selector)) as ElementHandle
  }
  return {
    keepsPages: false,
    open: async (url) => {
      // Going back may still be under way, and then ends what was asked for since.
      await page.goto(url).catch((error: Error) => {
        if (!error.message.includes('interrupted')) throw error
        return page.goto(url)
      })
    },
    fill: async (name, text) => {
      const field = await find(`[name=${name}]`)
      if (await field.evaluate(({ localName }) => localName === 'select')) return void (await field.select(text))
      await field.evaluate((input) => (input as HTMLInputElement).select())
      await field.type(text)
    },
    press: async (selector) => (await find(selector)).click(),
    // Its own commands wait for a document to load, and there is none where scripts go back within theirs.
    back: () => page.evaluate('setTimeout(() => history.back())').then(() => {}),
    forward: () => page.evaluate('setTimeout(() => history.forward())').then(() => {}),
    read: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
    picture: async () => Buffer.from(await page.screenshot({ fullPage: true })),
    complaints: async () => complaints,
    close: () => browser.close(),
  }
}
