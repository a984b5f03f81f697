import { createHash, randomInt } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { maxBodyBytes } from '@/lib/http/read-bytes'
import { ofEveryRefusal } from '@/lib/http/refuse'
import { directionOf } from '@/lib/i18n/direction'
import { isLocale, type Locale, locales } from '@/lib/i18n/locales'
import { preferredLocale } from '@/lib/i18n/preferred-locale'
import { gateFairness } from '@/lib/policy'
import words from '@/messages/busy.json'

const style = `body{max-width:34rem;margin:12vh auto;padding:0 1.25rem;font:1.125rem/1.6 system-ui,sans-serif;color-scheme:light dark}h1{font-size:1.5rem;line-height:1.3}`
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const { least, most } = gateFairness.retryAfterSeconds
const pages = new Map(locales.map((locale) => [locale, pagesOf(locale)]))

/** Answers 503 by a page made beforehand, in the language of the path or else of the browser, that says in how many seconds to come back. */
export function refuseBusy(request: IncomingMessage, response: ServerResponse): void {
  const seconds = randomInt(least, most + 1)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const page = pages.get(localeOf(request))?.[isRead ? 'read' : 'sent'][seconds - least] ?? ''
  // A body that may go on for long would have to be taken to its end.
  if (!request.complete && !(Number(request.headers['content-length']) <= maxBodyBytes))
    response.setHeader('connection', 'close')
  response.writeHead(503, {
    ...ofEveryRefusal(),
    'content-security-policy': policy,
    'content-type': 'text/html; charset=utf-8',
    'content-length': `${Buffer.byteLength(page)}`,
    'retry-after': `${seconds}`,
  })
  response.end(page)
}

function localeOf({ url = '', headers }: IncomingMessage): Locale {
  const [, first] = url.split(/[/?]/, 2)
  return isLocale(first) ? first : preferredLocale(headers['accept-language'] ?? null)
}

function pagesOf(locale: Locale): Record<'read' | 'sent', string[]> {
  const { title, read, sent } = words[locale]
  const said = (text: string) =>
    Array.from({ length: most - least + 1 }, (_, index) =>
      pageOf(locale, title, text.replace('{seconds}', new Intl.NumberFormat(locale).format(least + index))),
    )
  return { read: said(read), sent: said(sent) }
}

function pageOf(locale: Locale, title: string, text: string): string {
  return `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title} – Metamots</title><style>${style}</style></head><body><p translate="no">Metamots</p><main><h1>${title}</h1><p>${text}</p></main></body></html>`
}
