import type { Letter, Message } from '@/lib/mail/letter'

/** In the places of the token, as long as one, and of the e-mail. They hold nothing that HTML or JSON would write in another way. */
const noToken = '_'.repeat(43)
const noEmail = '{to}'
const tokenAtEnd = /(?<=\/)[\w-]{43}$/

/**
 * A letter as every attempt hands it over, whatever is deployed between two of them: its parts and headers as JSON, to be
 * kept with the mail. Neither the token of its link nor the e-mail is in it. Throws when the letter cannot be composed.
 */
export async function writeMessage(
  letter: Letter,
  from: string,
  supportContact: string | null = null,
): Promise<string> {
  // Loaded with the first mail: the templates' library costs a third of a second, which no page should pay.
  const { composeMail } = await import('@/lib/mail/compose')
  const blank = 'link' in letter ? { ...letter, link: letter.link.replace(tokenAtEnd, noToken) } : letter
  const { subject, html, text } = await composeMail({ ...blank, to: noEmail }, supportContact)
  return JSON.stringify({ from, subject, html, text, headers: headersOf(letter.id), tags: tagsOf(letter.id) })
}

/** A message with the e-mail of its letter and the token of its link, or with a link that has none when that was rotated away. */
export function readMessage(message: string, letter: Letter): Message {
  const token = 'link' in letter ? tokenAtEnd.exec(letter.link)?.[0] : undefined
  const whole = token ? message.replaceAll(noToken, token) : message.replaceAll(`/${noToken}`, '')
  const { html, text, ...parts } = JSON.parse(whole)
  const { id, to } = letter
  return {
    id,
    ...parts,
    html: html.replaceAll(noEmail, () => inHtml(to)),
    text: text.replaceAll(noEmail, () => to),
    to,
  }
}

/** Whom a kept message says that it is from. */
export function senderOf(message: string): string {
  return JSON.parse(message).from
}

/** As React writes a text. */
function inHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', "'": '&#x27;', '"': '&quot;', '<': '&lt;', '>': '&gt;' }
  return text.replace(/[&'"<>]/g, (character) => entities[character] ?? character)
}

/** For machines that would answer (RFC 3834, Exchange) and for Gmail, which folds mails that look the same into one. */
function headersOf(id: string): Record<string, string> {
  return { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'X-Entity-Ref-ID': id }
}

/** Comes back in what Resend reports of the mail. */
function tagsOf(id: string): Message['tags'] {
  return [{ name: 'mail', value: id }]
}
