import { Resend } from 'resend'
import { z } from 'zod'
import { env } from '@/lib/env'
import { bareAnswer } from '@/lib/http/bare-answer'
import { readBytes } from '@/lib/http/read-bytes'
import { keepDelivery, type Report } from '@/lib/mail/delivery-reports'

const maxBytes = 64 * 1024

/** What is looked at of an event: Resend has many kinds, and adds to them. */
const reportSchema = z
  .object({
    type: z.string().catch(''),
    data: z
      .object({ email_id: z.string().catch(''), tags: z.object({ mail: z.uuid() }).nullable().catch(null) })
      .catch({ email_id: '', tags: null }),
  })
  .transform(({ type, data }): Report => ({ type, providerId: data.email_id, mailId: data.tags?.mail ?? null }))

/**
 * Takes Resend's signed word on what became of a mail. A signature that is wrong, or older than five minutes, is 400. What is
 * not about a mail of ours is taken too: Resend disables an endpoint that refuses events.
 */
export async function POST(request: Request): Promise<Response> {
  const { webhookSecret } = env()
  if (webhookSecret === null) return bareAnswer(404)
  const body = await readBytes(request.body, maxBytes)
  if (!body) return bareAnswer(413)
  const id = request.headers.get('svix-id') ?? ''
  const event = verify(webhookSecret, new TextDecoder().decode(body), request.headers)
  if (!event) return bareAnswer(400)
  await keepDelivery(id, event)
  return bareAnswer(204)
}

function verify(webhookSecret: string, payload: string, headers: Headers): Report | null {
  const signed = {
    id: headers.get('svix-id') ?? '',
    timestamp: headers.get('svix-timestamp') ?? '',
    signature: headers.get('svix-signature') ?? '',
  }
  try {
    return reportSchema.parse(new Resend('re_unused').webhooks.verify({ payload, headers: signed, webhookSecret }))
  } catch {
    return null
  }
}
