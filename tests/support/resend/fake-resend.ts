import { randomUUID } from 'node:crypto'
import { once, setMaxListeners } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { behaviours, chooser, type Script } from '@/tests/support/resend/behaviour'
import {
  answerFailure,
  answerId,
  findFault,
  inFlight,
  otherBody,
  type RecordedRequest,
  record,
} from '@/tests/support/resend/protocol'

export type AcceptedMail = {
  id: string
  key: string | null
  to: string[]
  from: string
  subject: string
  html: string
  text: string
  headers: Record<string, string>
}

export type FakeResend = {
  /** For `RESEND_BASE_URL`. */
  url: string
  /** The distinct mails accepted, in order: what the recipients would see. */
  mails: AcceptedMail[]
  requests: RecordedRequest[]
  behave(script: Script): void
  /** Forgets every mail, request, key and script, and cuts the requests still open. */
  reset(): void
  close(): Promise<void>
}

/** Starts an imitation of Resend's `POST /emails` on a free local port. */
export async function startFakeResend(): Promise<FakeResend> {
  const mails: AcceptedMail[] = []
  const requests: RecordedRequest[] = []
  const claims = new Map<string, { body: string; id: string | null }>()
  let choose = chooser(behaviours.ok)
  let era = newEra()

  const server = createServer((incoming, response) => {
    const { signal } = era
    serve(incoming, response, signal).catch((error: unknown) => {
      response.destroy()
      if (!signal.aborted && incoming.complete) throw error
    })
  })

  async function serve(incoming: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const request = await record(incoming, response)
    signal.throwIfAborted()
    const behaviour = choose(request, requests.push(request) - 1)
    const fault = findFault(request) ?? (behaviour.kind === 'fail' ? behaviour.failure : null)
    if (fault) return answerFailure(response, fault)

    const key = incoming.headers['idempotency-key']?.toString() ?? null
    const earlier = key === null ? undefined : claims.get(key)
    if (earlier && earlier.body !== request.body) return answerFailure(response, otherBody)
    if (earlier?.id === null) return answerFailure(response, inFlight)

    const claim = earlier ?? { body: request.body, id: null }
    if (key !== null) claims.set(key, claim)
    try {
      if (behaviour.kind === 'hang') return await untilClosed(response)
      if (behaviour.kind === 'delay') await sleep(behaviour.ms, undefined, { signal })
      claim.id ??= accept(request.body, key)
    } finally {
      if (key !== null && claim.id === null && claims.get(key) === claim) claims.delete(key)
    }
    if (behaviour.kind === 'accept_then_destroy') return void incoming.socket.resetAndDestroy()
    await answerId(response, claim.id, behaviour.kind === 'trickle' ? behaviour.ms : 0)
  }

  function accept(body: string, key: string | null): string {
    const { to, from, subject, html = '', text = '', headers = {} } = JSON.parse(body)
    const id = randomUUID()
    mails.push({ id, key, to: [to].flat(), from, subject, html, text, headers })
    return id
  }

  function cut(): void {
    era.abort()
    server.closeAllConnections()
  }

  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    requests,
    behave(script) {
      choose = chooser(script)
    },
    reset() {
      cut()
      era = newEra()
      choose = chooser(behaviours.ok)
      claims.clear()
      mails.length = 0
      requests.length = 0
    },
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}

async function untilClosed(response: ServerResponse): Promise<void> {
  if (!response.closed) await once(response, 'close')
}

/** Aborts the requests that wait, any number of them. */
function newEra(): AbortController {
  const era = new AbortController()
  setMaxListeners(0, era.signal)
  return era
}
