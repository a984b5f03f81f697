import { createHmac, randomBytes } from 'node:crypto'

export type Manner = {
  id?: string
  tags?: Record<string, string>
  signature?: string
  secondsAgo?: number
  alter?: boolean
}

/** A request by which Resend says that something became of a mail, signed as Resend signs (Svix); `tags` are those that it was sent with, `alter` changes it on its way. */
export function signedEvent(secret: Buffer, providerId: string, type: string, manner: Manner = {}): RequestInit {
  const { id = newEventId(), secondsAgo = 0, alter = false, tags } = manner
  const body = JSON.stringify({ type, created_at: new Date().toISOString(), data: { email_id: providerId, tags } })
  const timestamp = String(Math.floor(Date.now() / 1_000) - secondsAgo)
  const signed = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  const sent = alter ? body.replace('email.', 'email .') : body
  const headers = {
    'svix-id': id,
    'svix-timestamp': timestamp,
    'svix-signature': manner.signature ?? `v1,${signed}`,
    'content-length': String(sent.length),
  }
  return { method: 'POST', body: sent, headers }
}

export function newEventId(): string {
  return `msg_${randomBytes(8).toString('hex')}`
}
