import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { POST } from '@/app/api/webhooks/resend/route'
import { readBytes } from '@/lib/http/read-bytes'

test('a body is read whole, to its last byte', async () => {
  expect(await readBytes(null, 4)).toEqual(new Uint8Array())
  expect(await readBytes(inPieces(2, 2).body, 4)).toEqual(new Uint8Array([1, 1, 1, 1]))
  expect(await readBytes(inPieces(2, 3).body, 4)).toBeNull()
})

test('of a body without end, no more is read than is allowed', async () => {
  const endless = inPieces(1_000, Number.POSITIVE_INFINITY)
  expect(await readBytes(endless.body, 10_000)).toBeNull()
  expect(endless.read()).toBeLessThan(13_000)
})

test('the webhook counts what comes, whatever the headers say of its length', async () => {
  process.env.RESEND_WEBHOOK_SECRET = `whsec_${randomBytes(24).toString('base64')}`
  for (const headers of [{}, { 'content-length': '5' }]) {
    const long = inPieces(1_000, 1_000)
    expect((await POST(request(long.body, headers))).status).toBe(413)
    expect(long.read()).toBeLessThan(70_000)
    expect((await POST(request(inPieces(1_000, 64).body, headers))).status).toBe(400)
  }
})

/** A body in so many pieces of so many bytes, and how many have been taken. */
function inPieces(bytes: number, pieces: number) {
  let taken = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (taken === pieces) return controller.close()
      taken += 1
      controller.enqueue(new Uint8Array(bytes).fill(1))
    },
  })
  return { body, read: () => taken * bytes }
}

function request(body: ReadableStream, headers: Record<string, string>): Request {
  const options = { method: 'POST', body, headers, duplex: 'half' }
  return new Request('http://localhost/api/webhooks/resend', options)
}
