import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Builder, By, Capabilities } from 'selenium-webdriver'
import type { Size } from '@/tests/support/engines/puppets'
import type { Tab } from '@/tests/support/engines/tab'
import { onFreePort } from '@/tests/support/port'

const miniBrowser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'

/** Keeps what goes wrong in a page from now on: this driver has no other way to the console. */
const listen = `
  window.complaints = []
  for (const kind of ['warn', 'error']) console[kind] = (...words) => window.complaints.push(words.join(' '))
  addEventListener('error', ({ message }) => window.complaints.push(message))
  addEventListener('unhandledrejection', ({ reason }) => window.complaints.push(String(reason)))
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => window.complaints.push(violatedDirective))`

/** Opens WebKitGTK’s own little browser by its WebDriver, on a screen as large as the page. */
export function openWebKit(size: Size): Promise<Tab> {
  return onFreePort(async (port) => {
    const folder = await mkdtemp(join(tmpdir(), 'webkit-'))
    const screen = ['-displayfd', '1', '-screen', '0', `${size.width}x${size.height}x24`, '-nolisten', 'tcp']
    const xvfb = spawn('Xvfb', screen, { stdio: ['ignore', 'pipe', 'ignore'] })
    const [display] = await once(xvfb.stdout, 'data')
    const env = {
      ...process.env,
      DISPLAY: `:${String(display).trim()}`,
      HOME: folder,
      GDK_BACKEND: 'x11',
      NO_AT_BRIDGE: '1',
      // Root has no sandbox to start it in.
      ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
    }
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' })
    const kill = () => {
      for (const child of [driver, xvfb]) child.kill('SIGKILL')
    }
    process.once('exit', kill)
    const listens = () =>
      fetch(`http://127.0.0.1:${port}/status`).then(
        ({ ok }) => ok,
        () => false,
      )
    while (!(await listens())) await sleep(50)
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation', '--full-screen'] },
    })
    const browser = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build()
    await browser
      .manage()
      .window()
      .setRect({ x: 0, y: 0, ...size })
    const complaints: string[] = []
    const collect = async () =>
      complaints.push(...(await browser.executeScript<string[]>('return window.complaints?.splice(0) ?? []')))
    return {
      keepsPages: true,
      open: async (url) => {
        await collect()
        await browser.get(url)
        await browser.executeScript(listen)
      },
      fill: async (name, text) => {
        const field = browser.findElement(By.name(name))
        if ((await field.getTagName()) === 'select') return field.findElement(By.css(`[value="${text}"]`)).click()
        await browser.executeScript('arguments[0].scrollIntoView({ block: "center" })', field)
        await field.clear()
        await field.sendKeys(text)
      },
      press: (selector) => browser.findElement(By.css(selector)).click(),
      back: () => browser.navigate().back(),
      forward: () => browser.navigate().forward(),
      read: (expression) => browser.executeScript(`return ${expression}`),
      picture: async () => Buffer.from(await browser.takeScreenshot(), 'base64'),
      complaints: async () => {
        await collect()
        return complaints
      },
      close: async () => {
        await browser.quit().catch(() => {})
        kill()
        process.off('exit', kill)
        await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
      },
    }
  })
}
