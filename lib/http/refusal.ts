import type { NextRequest } from 'next/server'
import { comesFromOrigin } from '@/lib/http/origin'

/** The most bytes a form of ours can have, in any script and with every field full. */
const maxBodyBytes = 16 * 1024

/** The answer to a request that no page of ours makes, before anything is read of it; null when it may go on. */
export function refusal(request: NextRequest): Response | null {
  if (request.method === 'GET' || request.method === 'HEAD') return null
  if (request.method !== 'POST') return answer(405, 'Method not allowed')
  if (request.nextUrl.pathname.startsWith('/api/')) return null
  const length = request.headers.get('content-length')
  if (length === null) return answer(411, 'Length required')
  if (!(Number(length) <= maxBodyBytes)) return answer(413, 'Too large')
  if (!/^multipart\/form-data; *boundary=[\w'()+,./:=?-]{1,70}$/i.test(request.headers.get('content-type') ?? ''))
    return answer(415, 'Not a form')
  if (!comesFromOrigin(request.headers, appOrigin())) return answer(403, 'Not from this site')
  return null
}

function appOrigin(): string {
  return process.env.APP_URL ? new URL(process.env.APP_URL).origin : `http://localhost:${process.env.PORT ?? '3000'}`
}

function answer(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" },
  })
}
