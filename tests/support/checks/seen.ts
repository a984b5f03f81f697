/** An answer as whoever asked sees it, without what differs by design: its times, its nonce, its numbers and the words they typed. */
export type Seen = { status: number; headers: [string, string][]; body: string }

/** Next's random number of a request, by which its script tells the heads of two pages apart. */
const requestNumber = /"[\w-]{21}([vm])"/g

/** By which a page tells which mailed link it was opened with. */
const fingerprint = /(\blink(?:=|\\?(?:"|&quot;):\\?(?:"|&quot;)))[\w-]{22}/g

/** Reads an answer to its end. Each of the `typed` words stands as `TYPED`, so that answers to different words compare. */
export async function seen(answer: Response, ...typed: string[]): Promise<Seen> {
  const { headers } = answer
  const cookies = headers.get('set-cookie') ?? ''
  const sentTo = /\bsent-to=[^;]*%20([^;]+);/.exec(cookies)?.[1]
  const byDesign: [string | null | undefined, string][] = [
    [/'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1], 'NONCE'],
    [headers.get('x-request-id'), 'REQUEST'],
    // The reference of the mail that was asked for, and until when the browser keeps it.
    [/\bmail=([\da-f]{8});/.exec(cookies)?.[1], 'MAIL'],
    [/\bmail=[\da-f]{8};.*?; Expires=([^;]+)/.exec(cookies)?.[1], 'TIME'],
    // The mark by which the browser would be known, and until when.
    [/\bdevice=([^;]+);/.exec(cookies)?.[1], 'MARK'],
    [/\bdevice=.*?; Expires=([^;]+)/.exec(cookies)?.[1], 'TIME'],
    // The address that was typed, and until when the browser keeps it.
    [sentTo, 'TYPED'],
    [sentTo && decodeURIComponent(sentTo), 'TYPED'],
    [/\bsent-to=.*?; Expires=([^;]+)/.exec(cookies)?.[1], 'TIME'],
    // What was typed, sealed, and until when the browser keeps it.
    [/\basked=([\w-]+);/.exec(cookies)?.[1], 'ASKED'],
    [/\basked=.*?; Expires=([^;]+)/.exec(cookies)?.[1], 'TIME'],
    ...typed.map((word): [string, string] => [word, 'TYPED']),
  ]
  const plain = (text: string) =>
    byDesign.reduce(
      (rest, [word, name]) => (word ? rest.replaceAll(word, name) : rest),
      text.replace(fingerprint, '$1LINK').replace(requestNumber, '"REQUEST$1"'),
    )
  // How well it is compressed depends on what differs by design.
  const ofChance = headers.has('content-encoding') ? ['date', 'content-length'] : ['date']
  return {
    status: answer.status,
    headers: [...headers].filter(([name]) => !ofChance.includes(name)).map(([name, value]) => [name, plain(value)]),
    body: plain(await answer.text()),
  }
}

/** A page without what comes for its scripts, which comes as it is ready, and whose parts are numbered by that. */
export function drawn(page: Seen): Seen {
  return { ...page, body: page.body.replace(/<script\b.*?<\/script>/gs, '').replace(/\$ACTION_(REF_)?\d+/g, '$ACTION') }
}
