import { randomInt } from 'node:crypto'
import type { Service } from '@/tests/support/app/service'
import type { Submission } from '@/tests/support/http/decoders'
import { type RawForm, submission } from '@/tests/support/http/forms'
import { rawRequest } from '@/tests/support/http/raw-request'
import { named } from '@/tests/support/http/strange-parts'

const typed = { identifier: 'nobody@example.org', password: 'Tr0ub4dor&strange', locale: 'fr' }

/** A sign-in, to the byte as a browser with this boundary writes it. */
export function written(form: RawForm, scripted: boolean, boundary: string): Submission {
  const { fields = [] } = submission(form, typed, scripted)
  const parts = fields.map(([name, value]) => `--${boundary}\r\n${named(name)}\r\n\r\n${value}\r\n`)
  const body = Buffer.from(`${parts.join('')}--${boundary}--\r\n`)
  return { body, type: `multipart/form-data; boundary=${boundary}`, action: scripted ? form.actionId : null }
}

/** The same submission, asking for another action. */
export function withAction({ body, type, action }: Submission, id: string): Submission {
  const asked = Buffer.from(body.toString('latin1').replaceAll(/[0-9a-f]{42}/g, id), 'latin1')
  return { body: asked, type, action: action?.replace(/^[0-9a-f]{42}$/, id) ?? null }
}

/** Sends it as it is, each time from another network address. */
export function sendBytes(service: Service, target: string, { body, type, action }: Submission): Promise<Response> {
  const headers = {
    host: new URL(service.url).host,
    origin: service.origin,
    connection: 'close',
    'x-test-address': [10, randomInt(256), randomInt(256), randomInt(256)].join('.'),
    'content-type': type,
    'content-length': String(body.length),
    ...(action !== null && { 'next-action': action }),
  }
  return rawRequest({ port: service.app.port, method: 'POST', target, headers: Object.entries(headers).flat(), body })
}
