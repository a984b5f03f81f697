import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, type Page } from '@playwright/test'
import { type App, startApp } from '@/tests/support/app/app'
import { runCommandLine } from '@/tests/support/app/command'
import { test as base } from '@/tests/support/browser/test'
import { askForReset, confirm, fillIdentity, logIn, redeemReset, submit } from '@/tests/support/browser/walks'
import { barriers } from '@/tests/support/checks/barriers'
import { htmlFaults } from '@/tests/support/checks/html-faults'
import { newPassword, newPerson } from '@/tests/support/person'
import { findPort } from '@/tests/support/port'

type Local = { app: App; dataDir: string }

/** The application as `npm start` leaves it on a fresh machine: no database, no Resend, no secret given. */
const test = base.extend<object, { local: Local }>({
  local: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures a fixture needs from here
    async ({}, use) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'local-'))
      const app = await startApp({ dataDir, env: { APP_SECRET: '' } })
      await use({ app, dataDir })
      await app.stop('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ local }, use) => use(local.app.url),
})

// Side by side they would need an application each.
test.describe.configure({ mode: 'default' })

test('without any setting a person joins, and resets the password, by the mails of the mailbox page', async ({
  page,
  console: complaints,
}) => {
  const person = newPerson()
  await page.goto('/fr/signup')
  await fillIdentity(page, person)
  await page.locator('[name=password]').fill(person.password)
  await submit(page)
  await expect(page).toHaveURL('/fr/signup/sent')
  await openNewestMail(page, 'verify-email')
  expect([...(await barriers(page)), ...(await htmlFaults(await page.content()))]).toEqual([])
  await page.locator('main details').first().locator('a[href*="/verify-email/"]').click()
  await confirm(page, person)
  await expect(page).toHaveURL('/fr/verify-email/done')

  await askForReset(page, 'fr', person)
  await openNewestMail(page, 'reset-password')
  await page.locator('main details').first().locator('a[href^="/dev/mailbox/"]').click()
  await expect(page).toHaveURL(/\/dev\/mailbox\/[\da-f-]{36}$/)
  const opened = page.waitForEvent('popup')
  await page.locator('a[href*="/reset-password/"]').first().click()
  const reset = await opened
  await expect(reset).toHaveURL(/\/fr\/reset-password\?link=[\w-]{22}$/)
  await redeemReset(reset, person, newPassword)
  await expect(reset).toHaveURL('/fr/reset-password/done')
  await logIn(reset, 'fr', person, newPassword)
  // A shown mail runs no script, not even Playwright's, of which Chromium complains.
  const others = complaints.splice(0).filter((complaint) => !complaint.startsWith('Blocked script execution'))
  expect(others).toEqual([])
})

test('without a contact the statement leads to the one that a person has at Metamots', async ({ page }) => {
  await page.goto('/fr/accessibility')
  await expect(page.locator('main')).toContainText('interlocuteur habituel chez Metamots')
})

test('a second process on the same data is told who uses it, and ends', async ({ local: { app, dataDir } }) => {
  const second = runCommandLine(['node', 'scripts/start.mjs'], {
    PORT: String(await findPort()),
    DATA_DIR: dataDir,
  })
  expect(await second.ended).toBe(1)
  expect(second.output()).toMatch(
    /^Another process \(\d+\) is using the embedded database in \S+\. Stop it first, or set DATA_DIR to another folder\.\n$/,
  )
  expect((await fetch(`${app.url}/api/health/ready`)).status).toBe(200)
})

test('a local service is reached from this machine and under its own name only', async ({
  page,
  local: { app },
  console: complaints,
}) => {
  const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const outside = others.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)
  for (const address of ['127.0.0.2', ...outside]) expect(await accepts(address, app.port), address).toBe(false)

  for (const host of ['evil.example', `evil.example:${app.port}`, '127.0.0.1', 'localhost']) {
    const answer = await rawGet(app.port, '/dev/mailbox', host)
    expect.soft(answer, host).toMatch(/^HTTP\/1\.1 404 /)
    expect.soft(answer, host).toContain(`0;url=${app.url}/dev/mailbox`)
    expect.soft(answer, host).not.toContain('<')
  }
  await page.goto(`http://127.0.0.1:${app.port}/fr/login`)
  await expect(page).toHaveURL(`${app.url}/fr/login`)
  expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
})

test('what a proxy passed on is not served, and least of all the mailbox', async ({ local: { app } }) => {
  const statuses = async (headers: Record<string, string>) =>
    Promise.all(['/dev/mailbox', '/fr/login'].map(async (path) => (await fetch(app.url + path, { headers })).status))
  expect(await statuses({})).toEqual([200, 200])
  expect(await statuses({ 'x-forwarded-for': '203.0.113.7' })).toEqual([403, 403])
  expect(await statuses({ via: '1.1 proxy' })).toEqual([403, 403])
  expect(await rawGet(app.port, '/dev/mailbox', new URL(app.url).host)).toMatch(/^HTTP\/1\.1 403 /)
})

/** Follows the page's way to the mailbox and waits for the newest mail to be the one with a link to `page`. */
async function openNewestMail(page: Page, link: string): Promise<void> {
  await page.locator('main a[href="/dev/mailbox"]').click()
  await expect(async () => {
    await page.reload()
    await expect(page.locator('main details').first()).toContainText(`/${link}/`, { timeout: 500 })
  }).toPass()
}

/** Whether somebody listens at an address. */
function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    const settle = (accepted: boolean) => () => {
      socket.destroy()
      resolve(accepted)
    }
    socket.once('connect', settle(true)).once('error', settle(false)).once('timeout', settle(false))
  })
}

/** The whole answer to a GET under any host name. */
async function rawGet(port: number, target: string, host: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  return text(socket)
}
