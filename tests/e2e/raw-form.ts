import { noteFields, noteTokens, shown } from '@/tests/e2e/witness'

/** A form as a browser without JavaScript would send it, held by the page at `path`. */
export type RawForm = { path: string; control: [string, string][]; actionId: string }

export type RawPost = {
  fields?: [string, string | Blob][]
  headers?: Record<string, string | null>
  /** Sent as it is, in the place of fields. */
  body?: { content: string; type: string }
}

/** Reads the first form of a page, with the hidden fields that lead to its action. */
export async function readForm(url: string, path: string, headers: Record<string, string> = {}): Promise<RawForm> {
  const answer = await fetch(url + path, { headers })
  const body = await answer.text()
  shown.push({ method: 'GET', path, body })
  const html = body.replace(/&quot;/g, '"')
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
