import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import type { Client } from '@/tests/support/apps/protocol'
import { listen } from '@/tests/support/http/listener'

/** An application that does nothing of itself: what it asks for is up to the test. */
export type Party = Client & {
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
  const { url, close } = await listen(async (request, response) => {
    posted.push(new URLSearchParams(await text(request)))
    response.end()
  })
  const [callback, bye] = [`${url}/callback`, `${url}/bye`]
  const entry = {
    id,
    name: id,
    secret,
    redirect_uris: [callback],
    post_logout_redirect_uris: [bye],
    backchannel_logout_uri: `${url}/backchannel`,
  }
  return { id, secret, callback, bye, entry, posted, close }
}
