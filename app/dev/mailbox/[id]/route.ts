import { notFound } from 'next/navigation'
import { findInMailbox, mailboxIsOpen } from '@/lib/mail/mailbox'

/** A mail runs nothing and loads nothing; its links may be followed. A sandboxed page cannot also isolate its opener. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation",
  'cross-origin-opener-policy': 'unsafe-none',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin',
}

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const mail = mailboxIsOpen() ? await findInMailbox((await params).id) : null
  if (!mail) notFound()
  return new Response(mail.html, { headers })
}
