import { Resend } from 'resend'
import { env } from '@/lib/env'
import { keepDelivery } from '@/lib/mail/delivery'

const maxBytes = 64 * 1024

/** Takes Resend's signed word on what became of a mail. A signature that is wrong, or older than five minutes, is 400. */
export async function POST(request: Request): Promise<Response> {
  const { webhookSecret } = env()
  if (webhookSecret === null) return answer(404)
  if (!(Number(request.headers.get('content-length')) <= maxBytes)) return answer(413)
  const id = request.headers.get('svix-id') ?? ''
  const event = verify(webhookSecret, await request.text(), request.headers)
  if (!event) return answer(400)
  return answer((await keepDelivery(id, event)) ? 204 : 404)
}

function verify(webhookSecret: string, payload: string, headers: Headers): { type: string; providerId: string } | null {
  const signed = {
    id: headers.get('svix-id') ?? '',
    timestamp: headers.get('svix-timestamp') ?? '',
    signature: headers.get('svix-signature') ?? '',
  }
  try {
    const { type, data } = new Resend('re_unused').webhooks.verify({ payload, headers: signed, webhookSecret })
    return { type, providerId: 'email_id' in data ? String(data.email_id) : '' }
  } catch {
    return null
  }
}

function answer(status: number): Response {
  return new Response(null, { status, headers: { 'cache-control': 'no-store' } })
}
