import { type Browser, type LaunchOptions, launch } from 'puppeteer-core'
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
  return openTab(await launchFirefox({}), size)
}

/** Starts Debian's Firefox; `FIREFOX_PATH` names another. */
export function launchFirefox(options: LaunchOptions): Promise<Browser> {
  const executablePath = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr'
  // A first start takes long where much else runs.
  return launch({ browser: 'firefox', executablePath, timeout: 180_000, protocolTimeout: 180_000, ...options })
}

async function openTab(browser: Browser, size: Size): Promise<Tab> {
  const page = await browser.newPage()
  await page.setViewport(size)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['warn', 'error'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return {
    keepsPages: false,
    open: async (url) => void (await page.goto(url)),
    fill: (name, text) => page.locator(`[name=${name}]`).fill(text),
    press: (selector) => page.locator(selector).click(),
    // Its own commands wait for a document to load, and there is none where scripts go back within theirs.
    back: () => page.evaluate('setTimeout(() => history.back())').then(() => {}),
    forward: () => page.evaluate('setTimeout(() => history.forward())').then(() => {}),
    read: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
    picture: async () => Buffer.from(await page.screenshot({ fullPage: true })),
    complaints: async () => complaints,
    close: () => browser.close(),
  }
}
