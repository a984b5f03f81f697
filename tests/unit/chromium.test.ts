import { expect, test, vi } from 'vitest'
import { findChromium } from '@/tests/support/browser/chromium'

test('CHROMIUM_PATH decides, and a wrong one is named', async () => {
  vi.stubEnv('CHROMIUM_PATH', process.execPath)
  expect(await findChromium()).toBe(process.execPath)

  vi.stubEnv('CHROMIUM_PATH', '/no/such/chromium')
  await expect(findChromium()).rejects.toThrow('CHROMIUM_PATH names no file: /no/such/chromium')
})
