import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { readForm, submitRaw } from '@/tests/support/http/forms'
import { identityOf } from '@/tests/support/http/raw-walks'
import { newPerson } from '@/tests/support/person'

test('where no header is trusted, no header changes who is limited', async ({ another }) => {
  const service = await another({ TRUSTED_IP_HEADER: '' })
  const form = await readForm(service.url, '/fr/forgot-password')
  const statuses: number[] = []
  for (let request = 0; request < 34; request += 1) {
    const address = `203.0.113.${request}`
    const headers = { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` }
    statuses.push((await submitRaw(service, form, identityOf(newPerson()), { headers })).status)
  }
  expect(statuses).toEqual(Array.from({ length: 34 }, (_, request) => (request < 30 ? 303 : 200)))
})

test('clients whose address does not come are an alarm, once, and health checks are none', async ({ another }) => {
  const service = await another({})
  const alarms = () => service.app.log().match(/"client_address_missing"/g)?.length ?? 0
  const form = await readForm(service.url, '/fr/forgot-password')
  const submit = (headers: Record<string, string>) => submitRaw(service, form, identityOf(newPerson()), { headers })
  for (const path of ['/api/health/live', '/api/health/ready', '/fr/login']) await fetch(service.url + path)
  await submit({})
  expect(alarms()).toBe(0)
  for (const address of ['', 'unknown', 'unix:']) await submit({ 'x-test-address': address })
  await expect.poll(alarms).toBe(1)
})
