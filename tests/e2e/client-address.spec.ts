import { expect } from '@playwright/test'
import { test } from '@/tests/e2e/fixtures'
import { readForm } from '@/tests/e2e/raw-form'
import { identityOf, submitRaw } from '@/tests/e2e/raw-walks'
import { newPerson } from '@/tests/support/person'

test('where no header is trusted, no header changes who is limited', async ({ another }) => {
  const service = await another({ TRUSTED_IP_HEADER: '' })
  const form = await readForm(service.url, '/fr/forgot-password')
  const statuses: number[] = []
  for (let request = 0; request < 12; request += 1) {
    const address = `203.0.113.${request}`
    const headers = { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` }
    statuses.push((await submitRaw(service, form, identityOf(newPerson()), { headers })).status)
  }
  expect(statuses).toEqual(Array.from({ length: 12 }, (_, request) => (request < 5 ? 303 : 200)))
})
