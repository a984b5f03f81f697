import { simpleParser } from 'mailparser'
import type { ComposedMail } from '@/lib/mail/letter'

/** A mail as a mail program reads it, once it has been written as one. */
export function readMail({ subject, html, text }: Omit<ComposedMail, 'from'>) {
  const base64 = (words: string) => Buffer.from(words).toString('base64')
  const part = (type: string, words: string) =>
    `--edge\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(words)}\r\n`
  return simpleParser(
    [
      'MIME-Version: 1.0\r\n',
      `Subject: =?utf-8?B?${base64(subject)}?=\r\n`,
      'Content-Type: multipart/alternative; boundary=edge\r\n\r\n',
      part('text/plain', text),
      part('text/html', html),
      '--edge--\r\n',
    ].join(''),
  )
}

/** What a list of mails shows after the subject: the hidden words that a mail begins with. */
export function preheaderOf(html: string): string | undefined {
  return /<body[^>]*>(?:<!--.*?-->|<(?:table|tbody|tr|td)[^>]*>)*<div style="display:none[^>]*>([^<]+)</.exec(html)?.[1]
}
