import { expect } from '@playwright/test'
import { test } from '@/tests/support/browser/test'
import { readForm } from '@/tests/support/http/forms'
import { goodFields, post, rows } from '@/tests/support/http/hostile-posts'
import { holdMail } from '@/tests/support/mail/swept-mail'

test('only a submission from our own origin is taken', async ({ service, address }) => {
  const form = await readForm(service.url, '/fr/forgot-password')
  const fields = [...form.control, ...goodFields]
  const port = new URL(service.url).port
  await holdMail(service)
  const before = await rows(service.databaseUrl)
  const origins = [
    null,
    'null',
    '',
    'https://evil.example',
    `http://LOCALHOST:${port}`,
    `https://localhost:${port}`,
    `http://sub.localhost:${port}`,
    'http://localhost',
    '::::',
  ]
  for (const origin of origins) {
    for (const more of [{}, { 'x-forwarded-host': 'evil.example' }, { forwarded: 'host=evil.example' }]) {
      const answer = await post(service.url, form, address, {
        fields,
        headers: { origin, 'sec-fetch-site': 'cross-site', ...more },
      })
      expect.soft(answer.status, String(origin)).toBe(403)
    }
  }
  expect(await rows(service.databaseUrl)).toEqual(before)
  const own = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher', forwarded: 'host=evil.example' }
  const answer = await post(service.url, form, address, { fields, headers: own })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/fr/forgot-password/sent'])
})
