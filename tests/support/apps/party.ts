import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** An application that does nothing of itself: what it asks for is up to the test. */
export type Party = {
  id: string
  secret: string
  callback: string
  bye: string
  /** For `APPS`. */
  entry: object
  /** Each body that was posted to it. */
  posted: URLSearchParams[]
  close(): void
}

export async function startParty(id: string): Promise<Party> {
  const secret = randomBytes(32).toString('base64url')
  const posted: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    posted.push(new URLSearchParams(await text(request)))
    response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const [callback, bye] = [`${url}/callback`, `${url}/bye`]
  const entry = {
    id,
    name: id,
    secret,
    redirect_uris: [callback],
    post_logout_redirect_uris: [bye],
    backchannel_logout_uri: `${url}/backchannel`,
  }
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { id, secret, callback, bye, entry, posted, close }
}
