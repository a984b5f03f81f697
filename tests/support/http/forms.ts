import { randomInt } from 'node:crypto'
import type { Service } from '@/tests/support/app/service'
import { noteFields, noteTokens, shown } from '@/tests/support/checks/witness'
import { untilServed } from '@/tests/support/http/answers'

/** A form as a browser without JavaScript would send it, held by the page at `path`. */
export type RawForm = { path: string; control: [string, string][]; actionId: string }

export type RawPost = {
  fields?: [string, string | Blob][]
  headers?: Record<string, string | null>
  /** Sent as it is, in the place of fields. */
  body?: { content: string; type: string }
}

/** Reads the first form of what a page is about, with the hidden fields that lead to its action. */
export async function readForm(url: string, path: string, headers: Record<string, string> = {}): Promise<RawForm> {
  const answer = await untilServed(() => fetch(url + path, { headers }))
  const body = await answer.text()
  shown.push({ method: 'GET', path, body })
  const html = body
    .slice(body.indexOf('<main'))
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
  const form = /<form(?![^>]*role="search").*?<\/form>/s.exec(html)?.[0] ?? ''
  const control = [...form.matchAll(/<input type="hidden" name="(\$ACTION_[^"]+)"(?: value="(.*?)")?\/>/g)]
  const actionId = /"id":"([0-9a-f]{42})"/.exec(form)?.[1]
  if (!actionId) throw new Error(`no form at ${path}`)
  return { path, actionId, control: control.map(([, name = '', value = '']) => [name, value]) }
}

/** What a browser sends when somebody submits a form: without scripts, or by the script that takes over where they run. */
export function submission(form: RawForm, fields: Record<string, string>, scripted: boolean): RawPost {
  const all: [string, string][] = [...form.control, ...Object.entries(fields)]
  if (!scripted) return { fields: all }
  return {
    fields: [...all.map(([name, value]): [string, string] => [`_1_${name}`, value]), ['0', '[{},"$K1"]']],
    headers: { accept: 'text/x-component', 'next-action': form.actionId },
  }
}

/** Posts to a page with whatever headers and body; null takes a header away. Redirects are not followed. */
export async function rawPost(
  url: string,
  path: string,
  { fields = [], headers = {}, body }: RawPost,
): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const encoded = new Request(url, { method: 'POST', body: form })
  const all: Record<string, string | null> = {
    origin: url,
    // A connection that was kept may be closed by the other side just as this is sent.
    connection: 'close',
    'sec-fetch-site': 'same-origin',
    'content-type': body?.type ?? encoded.headers.get('content-type'),
    ...headers,
  }
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null)
  const content = body ? body.content : Buffer.from(await encoded.arrayBuffer())
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: Object.fromEntries(sent),
    body: content,
    redirect: 'manual',
  })
  noteFields(fields)
  for (const cookie of answer.headers.getSetCookie()) noteTokens(cookie)
  shown.push({ method: 'POST', path, body: await answer.clone().text() })
  return answer
}

/** Where a service listens, and what people call it. */
export type Target = Pick<Service, 'url' | 'origin'>

/** A form that a browser with these cookies has before it, to be sent any number of times. */
export type OpenForm = { form: RawForm; cookie: string }

type Sent = { scripted?: boolean; headers?: Record<string, string> }

/** Submits a form as a browser would, from a network address of its own. Redirects are not followed. */
export function submitRaw(
  { url, origin }: Target,
  form: RawForm,
  fields: Record<string, string>,
  { scripted = false, headers = {} }: Sent = {},
): Promise<Response> {
  const sent = submission(form, fields, scripted)
  return rawPost(url, form.path, {
    ...sent,
    headers: { origin, 'x-test-address': newAddress(), ...sent.headers, ...headers },
  })
}

/** Opens a page and submits its form. */
export async function submitTo(
  target: Target,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return submitRaw(target, await readForm(target.url, path, headers), fields, { headers })
}

/** Follows a mailed link to the form of its page. */
export async function openLink(target: Target, link: string): Promise<OpenForm> {
  const cookie = cookiesOf(await followRaw(target, link))
  return { cookie, form: await readForm(target.url, new URL(link).pathname.slice(0, -44), { cookie }) }
}

export function sendOpen(
  target: Target,
  { form, cookie }: OpenForm,
  fields: Record<string, string> = {},
): Promise<Response> {
  return submitRaw(target, form, fields, { headers: { cookie } })
}

/** Asks for a mailed link's page, wherever the service listens. Redirects are not followed. */
export function followRaw({ url }: Pick<Service, 'url'>, link: string): Promise<Response> {
  return fetch(url + new URL(link).pathname, { redirect: 'manual' })
}

/** The cookies that an answer sets, as a request sends them. */
export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** A network address nobody else in the run has. */
export function newAddress(): string {
  return [10, randomInt(256), randomInt(256), randomInt(256)].join('.')
}
