/** An answer as whoever asked sees it, without what differs by design: its time, its nonce, its number and the words they typed. */
export type Seen = { status: number; headers: [string, string][]; body: string }

/** Next's random number of a request, by which its script tells the heads of two pages apart. */
const requestNumber = /"[\w-]{21}([vm])"/g

/** Reads an answer to its end. Each of the `typed` words stands as `TYPED`, so that answers to different words compare. */
export async function seen(answer: Response, ...typed: string[]): Promise<Seen> {
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1]
  const plain = (text: string) =>
    [...(nonce === undefined ? [] : [nonce]), ...typed].reduce(
      (rest, word) => rest.replaceAll(word, word === nonce ? 'NONCE' : 'TYPED'),
      text.replace(requestNumber, '"REQUEST$1"'),
    )
  const headers = [...answer.headers].filter(([name]) => name !== 'date')
  return {
    status: answer.status,
    headers: headers.map(([name, value]) => [name, plain(value)]),
    body: plain(await answer.text()),
  }
}
