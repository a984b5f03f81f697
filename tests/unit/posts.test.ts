import { NextRequest } from 'next/server'
import { beforeEach, expect, test, vi } from 'vitest'
import { refusal, submissionRefusal } from '@/lib/http/refusal'

const origin = 'https://account.metamots.example'
const type = 'multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gWx'
const good = { origin, 'content-length': '512', 'content-type': type }

beforeEach(() => {
  vi.stubEnv('APP_URL', origin)
})

test.each(['/fr/login', '/ar/account/close'])('a form can be posted to %s', (path) => {
  expect(refusal(post(good, path))).toBeNull()
})

test.each([
  ...['/api/anything', '/api/cron/mail', '/api/health/live', '/api/webhooks/resend/', '/api/webhooks/%72esend'],
  ...['/', '/fr', '/login', '/FR/login', '/xx/login', '/dev/mailbox', '/.well-known/change-password', '/icon.svg'],
  ...['/help/fr/forgot-dark.webp', '/_next/static/x.js', '/_next/image', '/favicon.ico', '/fr/../api/anything'],
])('nothing can be posted to %s', (path) => {
  const answer = refusal(post(good, path))
  expect([answer?.status, answer?.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('what is posted to the webhook is left to its route', async () => {
  const request = post({ 'content-type': 'application/json' }, '/api/webhooks/resend')
  expect(refusal(request)).toBeNull()
  expect(await submissionRefusal(request)).toBeNull()
})

test('no form and no action can be posted to the webhook', () => {
  expect(refusal(post(good, '/api/webhooks/resend'))?.status).toBe(405)
  expect(refusal(post({ 'next-action': '' }, '/api/webhooks/resend'))?.status).toBe(405)
  expect(refusal(post({ 'content-type': 'application/x-www-form-urlencoded' }, '/api/webhooks/resend'))?.status).toBe(
    405,
  )
})

test('an action that another page has is none of this page, and Next is told so after it was heard out', async () => {
  const { 'content-length': _, ...inPieces } = good
  const request = post({ ...inPieces, 'x-action-forwarded': '1' }, '/fr/login', 'a form')
  expect(refusal(request)).toBeNull()
  const answer = await submissionRefusal(request)
  expect([answer?.status, answer?.headers.get('x-nextjs-action-not-found')]).toEqual([409, '1'])
  expect(answer?.body).toBeNull()
})

test('of a body that is longer than its header says, no more is read than a form can have', async () => {
  const request = post(good, '/fr/login', 'x'.repeat(20_000))
  expect((await submissionRefusal(request))?.status).toBe(413)
})

function post(headers: Record<string, string>, page: string, body = ''): NextRequest {
  return new NextRequest(`${origin}${page}`, { method: 'POST', headers, body })
}
